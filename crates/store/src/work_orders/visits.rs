//! What came of going there.

use chrono::{DateTime, Utc};
use domain::file::FileKind;
use domain::ids::{FileId, UserId, WorkOrderId};
use domain::position::Position;
use domain::views::tickets::FileLink;
use domain::views::work::{Checked, Reading, Visit};
use domain::views::work_forms::Report;

use crate::{Connection, Result};

/// A visit to write down.
#[derive(Clone, Debug)]
pub struct NewVisit<'a> {
    pub order: WorkOrderId,
    pub report: &'a Report,
    pub checks: &'a [Checked],
    pub at: DateTime<Utc>,
    pub by: Option<UserId>,
    pub by_name: &'a str,
}

/// Whether a report about this order with this key came before.
pub async fn was_reported(connection: &mut Connection, order: WorkOrderId, key: &str) -> Result<bool> {
    let known = sqlx::query_scalar!(
        r#"select exists (select from work_visits where order_id = $1 and idempotency_key = $2) as "known!""#,
        order.0,
        key
    );
    Ok(known.fetch_one(connection).await?)
}

/// Writes a visit with its files, which are claimed already.
///
/// # Errors
/// `Taken` with `work_visits_idempotency_key_key`.
pub async fn add_visit(connection: &mut Connection, visit: &NewVisit<'_>) -> Result<()> {
    let report = visit.report;
    let checks = serde_json::to_value(visit.checks)?;
    let id = sqlx::query_scalar!(
        "insert into work_visits (order_id, idempotency_key, at, by_id, by_name, outcome, reason, note, checks, serial,
                                  latitude, longitude, dbm, down_mbps, up_mbps, signed_by, signature_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) returning id",
        visit.order.0,
        report.idempotency_key,
        visit.at,
        visit.by.map(|id| id.0),
        visit.by_name,
        report.outcome.word(),
        report.reason.map(|reason| reason.word()),
        report.note,
        checks,
        report.serial,
        report.position.map(|position| position.latitude()),
        report.position.map(|position| position.longitude()),
        report.reading.dbm,
        report.reading.down_mbps,
        report.reading.up_mbps,
        report.signed_by,
        report.signature.map(|id| id.0)
    );
    let id = id.fetch_one(&mut *connection).await?;
    let files: Vec<i64> = report.files.iter().map(|id| id.0).collect();
    sqlx::query!("insert into work_files (visit_id, file_id) select $1, unnest($2::bigint[])", id, &files)
        .execute(connection)
        .await?;
    Ok(())
}

/// The visits of an order, oldest first.
pub(super) async fn visits(connection: &mut Connection, order: WorkOrderId) -> Result<Vec<Visit>> {
    let rows = sqlx::query!(
        r#"select v.id, v.at, v.by_name, v.outcome, v.reason, v.note, v.checks, v.serial, v.latitude, v.longitude, v.dbm,
                  v.down_mbps, v.up_mbps, v.signed_by, f.id as "file?", f.name as "file_name?", f.kind as "file_kind?"
           from work_visits v left join files f on f.id = v.signature_id where v.order_id = $1 order by v.id"#,
        order.0
    );
    let mut visits = Vec::new();
    for row in rows.fetch_all(&mut *connection).await? {
        let signature = match (row.file, row.file_name, row.file_kind) {
            (Some(id), Some(name), Some(kind)) => {
                Some(FileLink { id: FileId(id), name, kind: kind.parse::<FileKind>()? })
            }
            _ => None,
        };
        visits.push(Visit {
            at: row.at,
            by: row.by_name,
            outcome: row.outcome.parse()?,
            reason: row.reason.map(|reason| reason.parse()).transpose()?,
            note: row.note,
            checks: serde_json::from_value(row.checks)?,
            serial: row.serial,
            position: row.latitude.zip(row.longitude).map(Position::try_from).transpose()?,
            reading: Reading { dbm: row.dbm, down_mbps: row.down_mbps, up_mbps: row.up_mbps },
            signed_by: row.signed_by,
            signature,
            photos: photos(connection, row.id).await?,
        });
    }
    Ok(visits)
}

async fn photos(connection: &mut Connection, visit: i64) -> Result<Vec<FileLink>> {
    let rows = sqlx::query!(
        "select f.id, f.name, f.kind from work_files w join files f on f.id = w.file_id where w.visit_id = $1 order by f.id",
        visit
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    rows.map(|row| Ok(FileLink { id: FileId(row.id), name: row.name, kind: row.kind.parse()? })).collect()
}
