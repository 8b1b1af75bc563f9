//! Files that people sent: kept in the database, owned by whoever sent them until a record claims them.

use chrono::{DateTime, Utc};
use domain::file::FileKind;
use domain::ids::{ContractId, CustomerId, FileId, TicketId, TransferReportId, UserId, WorkOrderId};

use crate::{Connection, Result};

/// A file to keep.
#[derive(Clone, Debug)]
pub struct NewFile<'a> {
    pub kind: FileKind,
    pub name: &'a str,
    pub content: &'a [u8],
    pub sha256: &'a [u8; 32],
    pub at: DateTime<Utc>,
    pub by: UserId,
}

/// A file to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    pub kind: FileKind,
    pub name: String,
    pub content: Vec<u8>,
}

/// What a file belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    Ticket { ticket: TicketId, customer: CustomerId, internal: bool },
    Transfer { report: TransferReportId, customer: CustomerId },
    Work { order: WorkOrderId },
    Acceptance { contract: ContractId, customer: CustomerId },
}

pub async fn add(connection: &mut Connection, file: &NewFile<'_>) -> Result<FileId> {
    let id = sqlx::query_scalar!(
        "insert into files (kind, name, content, sha256, uploaded_at, uploaded_by)
         values ($1, $2, $3, $4, $5, $6) returning id",
        file.kind.word(),
        file.name,
        file.content,
        file.sha256.as_slice(),
        file.at,
        file.by.0
    );
    Ok(FileId(id.fetch_one(connection).await?))
}

/// How many files of somebody wait for a record to claim them.
pub async fn unclaimed(connection: &mut Connection, by: UserId) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from files where uploaded_by = $1 and claimed_at is null"#,
        by.0
    );
    Ok(count.fetch_one(connection).await?)
}

/// Gives somebody's own files to a record; answers how many could be given.
pub async fn claim(connection: &mut Connection, files: &[FileId], by: UserId, at: DateTime<Utc>) -> Result<u64> {
    let ids: Vec<i64> = files.iter().map(|id| id.0).collect();
    let claimed = sqlx::query!(
        "update files set claimed_at = $3 where id = any($1) and uploaded_by = $2 and claimed_at is null",
        &ids,
        by.0,
        at
    );
    Ok(claimed.execute(connection).await?.rows_affected())
}

/// What a file belongs to.
///
/// # Errors
/// `NotFound` for what no record has claimed.
pub async fn owner(connection: &mut Connection, file: FileId) -> Result<Owner> {
    let ticket = sqlx::query!(
        "select t.id, t.customer_id, e.internal from ticket_files f
         join ticket_entries e on e.id = f.entry_id join tickets t on t.id = e.ticket_id where f.file_id = $1",
        file.0
    )
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(row) = ticket {
        let customer = CustomerId(row.customer_id);
        return Ok(Owner::Ticket { ticket: TicketId(row.id), customer, internal: row.internal });
    }
    let visit = sqlx::query_scalar!(
        "select order_id from work_visits where signature_id = $1
            or id = (select visit_id from work_files where file_id = $1)",
        file.0
    );
    if let Some(order) = visit.fetch_optional(&mut *connection).await? {
        return Ok(Owner::Work { order: WorkOrderId(order) });
    }
    let accepted = sqlx::query!(
        "select c.id, c.customer_id from contract_acceptances a join contracts c on c.id = a.contract_id
         where a.file_id = $1",
        file.0
    );
    if let Some(row) = accepted.fetch_optional(&mut *connection).await? {
        return Ok(Owner::Acceptance { contract: ContractId(row.id), customer: CustomerId(row.customer_id) });
    }
    let report = sqlx::query!("select id, customer_id from transfer_reports where evidence_id = $1", file.0);
    let row = report.fetch_one(connection).await?;
    Ok(Owner::Transfer { report: TransferReportId(row.id), customer: CustomerId(row.customer_id) })
}

pub async fn get(connection: &mut Connection, file: FileId) -> Result<StoredFile> {
    let row = sqlx::query!("select kind, name, content from files where id = $1", file.0);
    let row = row.fetch_one(connection).await?;
    Ok(StoredFile { kind: row.kind.parse()?, name: row.name, content: row.content })
}

/// Forgets what nobody claimed since before a moment: forms that were never sent to the end.
pub async fn forget_unclaimed(connection: &mut Connection, before: DateTime<Utc>) -> Result<u64> {
    let forgotten = sqlx::query!("delete from files where claimed_at is null and uploaded_at < $1", before);
    Ok(forgotten.execute(connection).await?.rows_affected())
}
