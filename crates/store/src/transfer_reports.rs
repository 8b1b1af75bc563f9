//! Transfers that were reported, and what became of them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::collections::ProvisionalReconnection;
use domain::ids::{CustomerId, FileId, PaymentId, SectorId, TransferReportId, UserId};
use domain::money::Money;
use domain::transfer::{TransferState, review_due, urgency};
use domain::views::list::{Choice, Page};
use domain::views::tickets::FileLink;
use domain::views::transfers::{Transfer, TransferDetail, TransferFilter, TransferList, TransferRow};
use rust_decimal::Decimal;

use crate::search::pattern;
use crate::{Connection, Result};

/// Who reported a transfer, and for whom.
#[derive(Clone, Copy, Debug)]
pub struct Reported {
    pub customer: CustomerId,
    pub at: DateTime<Utc>,
    pub by: Option<UserId>,
}

/// Who decided, and when.
#[derive(Clone, Copy, Debug)]
pub struct Decided {
    pub at: DateTime<Utc>,
    pub by: Option<UserId>,
}

/// # Errors
/// `Taken` with `transfer_reports_reference` or `transfer_reports_idempotency_key_key`.
pub async fn add(connection: &mut Connection, transfer: &Transfer, reported: Reported) -> Result<TransferReportId> {
    let id = sqlx::query_scalar!(
        "insert into transfer_reports (customer_id, state, amount, currency, paid_on, bank, reference, note,
                                       reported_at, reported_by, idempotency_key, evidence_id)
         values ($1, 'in_review', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id",
        reported.customer.0,
        transfer.amount.amount(),
        transfer.amount.currency().to_string(),
        transfer.paid_on,
        transfer.bank,
        transfer.reference,
        transfer.note,
        reported.at,
        reported.by.map(|id| id.0),
        transfer.idempotency_key,
        transfer.evidence.map(|id| id.0)
    );
    Ok(TransferReportId(id.fetch_one(connection).await?))
}

/// The report keeps a contract on until that day.
pub async fn reconnect(
    connection: &mut Connection,
    report: TransferReportId,
    reconnection: ProvisionalReconnection,
) -> Result<()> {
    sqlx::query!(
        "insert into provisional_reconnections (report_id, contract_id, until) values ($1, $2, $3)",
        report.0,
        reconnection.contract.0,
        reconnection.until
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// How many reports of a customer brought something back since a moment.
pub async fn reconnecting_since(
    connection: &mut Connection,
    customer: CustomerId,
    since: DateTime<Utc>,
) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from transfer_reports t
           where customer_id = $1 and reported_at > $2
             and exists (select from provisional_reconnections where report_id = t.id)"#,
        customer.0,
        since
    );
    Ok(count.fetch_one(connection).await?)
}

/// The report that this customer's form made before, if it did.
pub async fn by_idempotency_key(
    connection: &mut Connection,
    customer: CustomerId,
    key: &str,
) -> Result<Option<TransferReportId>> {
    let id = sqlx::query_scalar!(
        "select id from transfer_reports where customer_id = $1 and idempotency_key = $2",
        customer.0,
        key
    );
    Ok(id.fetch_optional(connection).await?.map(TransferReportId))
}

/// The report that waits for a decision about the transfer with this reference, if one does.
pub async fn in_review_with(connection: &mut Connection, reference: &str) -> Result<Option<TransferReportId>> {
    let id = sqlx::query_scalar!(
        "select id from transfer_reports
         where state = 'in_review' and bare_reference(reference) = bare_reference($1)",
        reference
    );
    Ok(id.fetch_optional(connection).await?.map(TransferReportId))
}

/// A report nobody else can decide about until the transaction ends.
///
/// # Errors
/// `NotFound`.
pub async fn lock(connection: &mut Connection, report: TransferReportId, now: DateTime<Utc>) -> Result<TransferDetail> {
    sqlx::query!("select id from transfer_reports where id = $1 for update", report.0)
        .fetch_one(&mut *connection)
        .await?;
    show(connection, report, now).await
}

pub async fn approve(
    connection: &mut Connection,
    report: TransferReportId,
    payment: PaymentId,
    decided: Decided,
) -> Result<()> {
    sqlx::query!(
        "update transfer_reports set state = 'approved', payment_id = $2, decided_at = $3, decided_by = $4
         where id = $1 and state = 'in_review'",
        report.0,
        payment.0,
        decided.at,
        decided.by.map(|id| id.0)
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn reject(
    connection: &mut Connection,
    report: TransferReportId,
    reason: &str,
    decided: Decided,
) -> Result<()> {
    sqlx::query!(
        "update transfer_reports set state = 'rejected', reject_reason = $2, decided_at = $3, decided_by = $4
         where id = $1 and state = 'in_review'",
        report.0,
        reason,
        decided.at,
        decided.by.map(|id| id.0)
    )
    .execute(connection)
    .await?;
    Ok(())
}

struct Row {
    id: i64,
    customer_id: i64,
    customer_name: String,
    state: String,
    amount: Decimal,
    currency: String,
    paid_on: NaiveDate,
    bank: String,
    reference: String,
    reported_at: DateTime<Utc>,
    payment_id: Option<i64>,
    receipt: Option<String>,
    reject_reason: Option<String>,
    provisional_until: Option<NaiveDate>,
}

/// A page of reports. Those under review come with the least time left first, all others the newest first.
pub async fn list(connection: &mut Connection, filter: &TransferFilter, now: DateTime<Utc>) -> Result<TransferList> {
    let search = filter.search.as_deref().and_then(pattern);
    let (state, customer) = (filter.state.map(TransferState::word), filter.customer.map(|id| id.0));
    let sector = filter.sector.map(|id| id.0);
    let rows = sqlx::query_as!(
        Row,
        r#"select t.id, t.customer_id, k.name as customer_name, t.state, t.amount, t.currency, t.paid_on, t.bank,
                  t.reference, t.reported_at, t.payment_id, p.receipt as "receipt?", t.reject_reason,
                  (select max(until) from provisional_reconnections where report_id = t.id) as "provisional_until?"
           from transfer_reports t
           join customers k on k.id = t.customer_id
           left join payments p on p.id = t.payment_id
           where ($1::text is null or k.search like plain($1) or t.reference ilike $1 or t.bank ilike $1)
             and ($2::text is null or t.state = $2)
             and ($3::bigint is null or t.customer_id = $3)
             and ($4::bigint is null or t.customer_id in (
                     select customer_id from contracts where sector_id = $4))
           order by case when $2 = 'in_review' then t.reported_at end, t.reported_at desc, t.id desc
           limit $5 offset $6"#,
        search,
        state,
        customer,
        sector,
        filter.page.rows(),
        filter.page.offset()
    );
    let rows = rows.fetch_all(&mut *connection).await?;
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!" from transfer_reports t join customers k on k.id = t.customer_id
           where ($1::text is null or k.search like plain($1) or t.reference ilike $1 or t.bank ilike $1)
             and ($2::text is null or t.state = $2)
             and ($3::bigint is null or t.customer_id = $3)
             and ($4::bigint is null or t.customer_id in (
                     select customer_id from contracts where sector_id = $4))"#,
        search,
        state,
        customer,
        sector
    );
    let total = total.fetch_one(&mut *connection).await?;
    let rows = rows.into_iter().map(|row| row.view(now)).collect::<Result<Vec<_>>>()?;
    let (in_review, late) = waiting(connection, now, None).await?;
    Ok(TransferList { page: Page { rows, total, number: filter.page.0.max(1) }, in_review, late })
}

/// How many wait for a decision, and how many of them for longer than was promised.
pub async fn waiting(connection: &mut Connection, now: DateTime<Utc>, sector: Option<SectorId>) -> Result<(i64, i64)> {
    // The promise is one interval: a report is late when one made now would be due that much later.
    let late_before = now - (review_due(now) - now);
    let row = sqlx::query!(
        r#"select count(*) as "all!", count(*) filter (where reported_at <= $1) as "late!"
           from transfer_reports
           where state = 'in_review' and ($2::bigint is null or customer_id in (
               select customer_id from contracts where sector_id = $2))"#,
        late_before,
        sector.map(|id| id.0)
    );
    let row = row.fetch_one(connection).await?;
    Ok((row.all, row.late))
}

/// One report. `counter` is left to whoever knows the customer's debt.
///
/// # Errors
/// `NotFound`.
pub async fn show(connection: &mut Connection, report: TransferReportId, now: DateTime<Utc>) -> Result<TransferDetail> {
    let row = sqlx::query_as!(
        Row,
        r#"select t.id, t.customer_id, k.name as customer_name, t.state, t.amount, t.currency, t.paid_on, t.bank,
                  t.reference, t.reported_at, t.payment_id, p.receipt as "receipt?", t.reject_reason,
                  (select max(until) from provisional_reconnections where report_id = t.id) as "provisional_until?"
           from transfer_reports t
           join customers k on k.id = t.customer_id
           left join payments p on p.id = t.payment_id
           where t.id = $1"#,
        report.0
    );
    let row = row.fetch_one(&mut *connection).await?.view(now)?;
    let rest = sqlx::query!(
        r#"select t.note, t.decided_at, r.name as "reported_by?", d.name as "decided_by?", f.id as "file?",
                  f.name as "file_name?", f.kind as "file_kind?"
           from transfer_reports t
           left join files f on f.id = t.evidence_id
           left join users r on r.id = t.reported_by
           left join users d on d.id = t.decided_by
           where t.id = $1"#,
        report.0
    );
    let rest = rest.fetch_one(connection).await?;
    let evidence = match (rest.file, rest.file_name, rest.file_kind) {
        (Some(id), Some(name), Some(kind)) => Some(FileLink { id: FileId(id), name, kind: kind.parse()? }),
        _ => None,
    };
    Ok(TransferDetail {
        row,
        evidence,
        note: rest.note,
        reported_by: rest.reported_by,
        decided_at: rest.decided_at,
        decided_by: rest.decided_by,
        counter: None,
    })
}

impl Row {
    fn view(self, now: DateTime<Utc>) -> Result<TransferRow> {
        let state: TransferState = self.state.parse()?;
        Ok(TransferRow {
            id: TransferReportId(self.id),
            customer: Choice { id: CustomerId(self.customer_id), name: self.customer_name },
            state,
            amount: Money::new(self.amount, self.currency.parse()?),
            paid_on: self.paid_on,
            bank: self.bank,
            reference: self.reference,
            reported_at: self.reported_at,
            due_at: review_due(self.reported_at),
            urgency: (state == TransferState::InReview).then(|| urgency(self.reported_at, now)),
            payment: self.payment_id.zip(self.receipt).map(|(id, name)| Choice { id: PaymentId(id), name }),
            reject_reason: self.reject_reason,
            provisional_until: self.provisional_until,
        })
    }
}
