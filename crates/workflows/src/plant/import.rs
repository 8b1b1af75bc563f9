//! Boxes from a table: it is kept as it came, looked at row by row, and made into boxes when somebody confirms it.

use domain::failure::{Failure, Problem};
use domain::ids::NapImportId;
use domain::nap_import::MOST_ROWS;
use domain::views::nap_imports::{NapImportDetail, NapImportRow};
use serde::Serialize;

use super::build::{Hung, splitter_subject};
use super::judge::{Judged, LookedRow, NewNap, look_at};
use super::nap_subject;
use crate::permit::{EditPlant, Permit};
use crate::record::{Subject, audit};
use crate::{Context, Error, Result, tables};

/// A table as somebody sent it.
#[derive(Clone, Debug, Default)]
pub struct NapFile {
    pub name: String,
    pub bytes: Vec<u8>,
}

fn subject(id: NapImportId) -> Subject {
    Subject { kind: "nap_import", id: id.0 }
}

/// As the audit shows it.
#[derive(Serialize)]
struct Sent<'a> {
    file_name: &'a str,
    bytes: usize,
}

/// As the audit shows it.
#[derive(Serialize)]
struct Counted {
    written: usize,
    left_out: usize,
}

/// Those that were sent, the newest first.
pub async fn nap_imports(context: &Context, _: &Permit<EditPlant>) -> Result<Vec<NapImportRow>> {
    Ok(store::plant::imports(&mut *context.connection().await?).await?)
}

/// Keeps the table; no box is made of it before `import_naps`.
///
/// # Errors
/// `Fields`: no file or an empty one, or too many rows.
pub async fn send_naps(context: &Context, permit: &Permit<EditPlant>, file: &NapFile) -> Result<NapImportId> {
    // The database keeps no such sign in a text.
    let content = tables::decoded(&file.bytes).replace('\0', "");
    if content.trim().is_empty() {
        return Err(Failure::field("file", Problem::Required).into());
    }
    if tables::rows(&content).count() > MOST_ROWS {
        return Err(Failure::field("file", Problem::TooManyLines { most: MOST_ROWS }).into());
    }
    let file_name = if file.name.trim().is_empty() { "naps.csv" } else { file.name.trim() };
    let mut transaction = context.begin().await?;
    let (at, by) = (context.clock.now(), permit.actor().user_id());
    let id = store::plant::add_import(&mut transaction, file_name, &content, at, by).await?;
    let sent = Sent { file_name, bytes: file.bytes.len() };
    audit(context, &mut transaction, permit, subject(id), None::<&()>, Some(&sent)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

/// What would become of each row. Nothing is written.
///
/// # Errors
/// `NotFound`.
pub async fn show_nap_import(context: &Context, _: &Permit<EditPlant>, id: NapImportId) -> Result<NapImportDetail> {
    let mut transaction = context.begin().await?;
    let (import, content) = store::plant::lock_import(&mut transaction, id).await?;
    let looked = look_at(context, &mut transaction, &content).await?;
    let lines = looked.rows.into_iter().map(LookedRow::line).collect();
    Ok(NapImportDetail { import, missing: looked.missing, lines })
}

/// Makes the boxes of the rows that are right and not there yet, all of them or none; the other rows are left out. Doing it
/// again makes nothing. Answers how many were made.
///
/// # Errors
/// `NotFound`; `ChangedMeanwhile`: somebody made a box of one of the names, or hung something where one was to hang.
pub async fn import_naps(context: &Context, permit: &Permit<EditPlant>, id: NapImportId) -> Result<usize> {
    let mut transaction = context.begin().await?;
    let (_, content) = store::plant::lock_import(&mut transaction, id).await?;
    let rows = look_at(context, &mut transaction, &content).await?.rows;
    let mut counted = Counted { written: 0, left_out: 0 };
    for row in rows {
        match row.judged {
            Judged::New(nap) => {
                build(context, permit, &mut transaction, nap).await?;
                counted.written += 1;
            }
            Judged::Same(_) => {}
            Judged::Bad(_) => counted.left_out += 1,
        }
    }
    if counted.written > 0 {
        store::plant::add_written(&mut transaction, id, counted.written).await?;
        audit(context, &mut transaction, permit, subject(id), None::<&()>, Some(&counted)).await?;
        transaction.commit().await.map_err(store::Error::from)?;
    }
    Ok(counted.written)
}

async fn build(
    context: &Context,
    permit: &Permit<EditPlant>,
    transaction: &mut store::Transaction,
    new: NewNap,
) -> Result<()> {
    let nap = store::plant::add_nap(transaction, &new.facts).await.map_err(meanwhile)?;
    audit(context, transaction, permit, nap_subject(nap), None::<&()>, Some(&new.facts)).await?;
    let Some(hangs) = new.hangs else { return Ok(()) };
    let splitter = store::plant::add_splitter(transaction, hangs.on, hangs.ways, Some(nap)).await.map_err(meanwhile)?;
    let hung = Hung { pon: hangs.pon, ways: hangs.ways.count(), nap: Some(new.facts.name) };
    audit(context, transaction, permit, splitter_subject(splitter), None::<&()>, Some(&hung)).await
}

/// Each row was held against what is there, so that what refuses came since.
fn meanwhile(error: store::Error) -> Error {
    match error {
        store::Error::Taken { .. } | store::Error::Refused { .. } => Failure::ChangedMeanwhile.into(),
        error => error.into(),
    }
}
