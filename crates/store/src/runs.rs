//! The ledger of nightly runs: for each business date and step what was expected, done and parked.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::billing::ParkReason;
use domain::ids::{ContractId, CustomerId, InvoiceId};
use domain::money::Money;
use domain::views::dashboard::{LastRun, Parked, RunStep};
use domain::views::list::{Choice, PER_PAGE, Page, PageNumber};
use domain::views::runs::{InvoicesPreview, PreviewedInvoice};
use sqlx::postgres::PgAdvisoryLock;

use crate::{Connection, Error, Result};

/// What a step has come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StepCounts {
    pub expected: i32,
    pub done: i32,
    pub parked: i32,
}

/// What a run is taken under: one at a time in a company, however many processes there are. It comes free with the
/// connection that took it.
pub async fn turn(connection: &mut Connection) -> Result<PgAdvisoryLock> {
    let schema = sqlx::query_scalar!(r#"select current_schema()::text as "schema!""#).fetch_one(connection).await?;
    Ok(PgAdvisoryLock::new(format!("the nights of {schema}")))
}

/// The last business date whose run finished.
pub async fn last_finished(connection: &mut Connection) -> Result<Option<NaiveDate>> {
    let date = sqlx::query_scalar!("select max(business_date) from runs where finished_at is not null");
    Ok(date.fetch_one(connection).await?)
}

/// The newest business date that has been run, finished or not.
pub async fn newest(connection: &mut Connection) -> Result<Option<NaiveDate>> {
    Ok(sqlx::query_scalar!("select max(business_date) from runs").fetch_one(connection).await?)
}

/// Whether the run of a date has finished.
pub async fn is_finished(connection: &mut Connection, date: NaiveDate) -> Result<bool> {
    let finished = sqlx::query_scalar!(
        r#"select exists (select from runs where business_date = $1 and finished_at is not null) as "finished!""#,
        date
    );
    Ok(finished.fetch_one(connection).await?)
}

/// Opens the run of a date; one that was interrupted goes on.
pub async fn start(connection: &mut Connection, date: NaiveDate, at: DateTime<Utc>) -> Result<()> {
    sqlx::query!("insert into runs (business_date, started_at) values ($1, $2) on conflict do nothing", date, at)
        .execute(connection)
        .await?;
    Ok(())
}

pub async fn finish(connection: &mut Connection, date: NaiveDate, at: DateTime<Utc>) -> Result<()> {
    sqlx::query!("update runs set finished_at = $2 where business_date = $1 and finished_at is null", date, at)
        .execute(connection)
        .await?;
    Ok(())
}

/// Opens a step, which expects what is left to do beside what an interrupted run has done.
pub async fn start_step(
    connection: &mut Connection,
    date: NaiveDate,
    step: &str,
    left: i32,
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into run_steps (business_date, step, expected, done, parked, started_at) values ($1, $2, $3, 0, 0, $4)
         on conflict (business_date, step) do update set expected = run_steps.done + excluded.expected, parked = 0",
        date,
        step,
        left,
        at
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Adds what a chunk did, in the chunk's transaction.
pub async fn count(connection: &mut Connection, date: NaiveDate, step: &str, done: i32, parked: i32) -> Result<()> {
    sqlx::query!(
        "update run_steps set done = done + $3, parked = parked + $4 where business_date = $1 and step = $2",
        date,
        step,
        done,
        parked
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Closes a step and answers what it came to.
pub async fn finish_step(
    connection: &mut Connection,
    date: NaiveDate,
    step: &str,
    at: DateTime<Utc>,
) -> Result<StepCounts> {
    let row = sqlx::query!(
        "update run_steps set finished_at = $3 where business_date = $1 and step = $2 returning expected, done, parked",
        date,
        step,
        at
    );
    let row = row.fetch_one(connection).await?;
    Ok(StepCounts { expected: row.expected, done: row.done, parked: row.parked })
}

/// Notes that a contract was left out, once until it is resolved.
pub async fn park(
    connection: &mut Connection,
    date: NaiveDate,
    step: &str,
    contract: ContractId,
    because: &ParkReason,
    at: DateTime<Utc>,
) -> Result<()> {
    let because = serde_json::to_value(because).map_err(|error| Error::Unknown(error.to_string()))?;
    sqlx::query!(
        "insert into parked (business_date, step, contract_id, because, parked_at) values ($1, $2, $3, $4, $5)
         on conflict (step, contract_id) where resolved_at is null do update set because = excluded.because",
        date,
        step,
        contract.0,
        because,
        at
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Contracts that went through are no longer parked.
pub async fn unpark(
    connection: &mut Connection,
    step: &str,
    contracts: &[ContractId],
    at: DateTime<Utc>,
) -> Result<()> {
    let ids: Vec<i64> = contracts.iter().map(|id| id.0).collect();
    sqlx::query!(
        "update parked set resolved_at = $3 where step = $1 and contract_id = any($2) and resolved_at is null",
        step,
        &ids,
        at
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether a step left a contract out, and has not done it since.
pub async fn is_parked(connection: &mut Connection, contract: ContractId, step: &str) -> Result<bool> {
    let parked = sqlx::query_scalar!(
        r#"select exists (select from parked where contract_id = $1 and step = $2 and resolved_at is null) as "parked!""#,
        contract.0,
        step
    );
    Ok(parked.fetch_one(connection).await?)
}

/// The newest contracts that are left out.
pub async fn newest_parked(connection: &mut Connection, limit: i64) -> Result<Vec<Parked>> {
    let rows = sqlx::query_as!(
        ParkedRow,
        r#"select p.contract_id, c.code, u.name as customer, p.step, p.business_date, p.because,
                  p.resolved_at is not null as "resolved!"
           from parked p join contracts c on c.id = p.contract_id join customers u on u.id = c.customer_id
           where p.resolved_at is null order by p.id desc limit $1"#,
        limit
    );
    rows.fetch_all(connection).await?.into_iter().map(ParkedRow::view).collect()
}

/// Whom the night of a date left out first, as far as a page shows them.
pub async fn parked_on(connection: &mut Connection, date: NaiveDate) -> Result<Vec<Parked>> {
    let rows = sqlx::query_as!(
        ParkedRow,
        r#"select p.contract_id, c.code, u.name as customer, p.step, p.business_date, p.because,
                  p.resolved_at is not null as "resolved!"
           from parked p join contracts c on c.id = p.contract_id join customers u on u.id = c.customer_id
           where p.business_date = $1 order by p.resolved_at is not null, p.id limit $2"#,
        date,
        PER_PAGE
    );
    rows.fetch_all(connection).await?.into_iter().map(ParkedRow::view).collect()
}

struct ParkedRow {
    contract_id: i64,
    code: String,
    customer: String,
    step: String,
    business_date: NaiveDate,
    because: serde_json::Value,
    resolved: bool,
}

impl ParkedRow {
    fn view(self) -> Result<Parked> {
        Ok(Parked {
            contract: Choice { id: ContractId(self.contract_id), name: self.code },
            customer: self.customer,
            step: self.step,
            since: self.business_date,
            because: serde_json::from_value(self.because)?,
            resolved: self.resolved,
        })
    }
}

/// The nights, newest first.
pub async fn list(connection: &mut Connection, page: PageNumber) -> Result<Page<LastRun>> {
    let total = sqlx::query_scalar!(r#"select count(*) as "count!" from runs"#).fetch_one(&mut *connection).await?;
    let dates = sqlx::query_scalar!(
        "select business_date from runs order by business_date desc limit $1 offset $2",
        page.rows(),
        page.offset()
    );
    let dates = dates.fetch_all(&mut *connection).await?;
    let mut rows = of(connection, &dates).await?;
    rows.reverse();
    Ok(Page { rows, total, number: page.0.max(1) })
}

/// The newest night, if there has been one.
pub async fn last(connection: &mut Connection) -> Result<Option<LastRun>> {
    match newest(connection).await? {
        Some(date) => get(connection, date).await.map(Some),
        None => Ok(None),
    }
}

/// # Errors
/// `NotFound`.
pub async fn get(connection: &mut Connection, date: NaiveDate) -> Result<LastRun> {
    of(connection, &[date]).await?.pop().ok_or(Error::NotFound)
}

/// The nights of these dates, oldest first, with their steps.
async fn of(connection: &mut Connection, dates: &[NaiveDate]) -> Result<Vec<LastRun>> {
    let mut steps = steps_of(connection, dates).await?;
    let runs = sqlx::query!(
        "select business_date, started_at, finished_at from runs where business_date = any($1) order by business_date",
        dates
    );
    let runs = runs.fetch_all(connection).await?.into_iter().map(|run| LastRun {
        business_date: run.business_date,
        started_at: run.started_at,
        finished_at: run.finished_at,
        steps: steps.remove(&run.business_date).unwrap_or_default(),
    });
    Ok(runs.collect())
}

async fn steps_of(connection: &mut Connection, dates: &[NaiveDate]) -> Result<BTreeMap<NaiveDate, Vec<RunStep>>> {
    let rows = sqlx::query!(
        r#"select s.business_date, s.step, s.expected, s.done, s.parked, s.started_at, s.finished_at, s.stopped,
                  s.approved_at, u.name as "approved_by?"
           from run_steps s left join users u on u.id = s.approved_by
           where s.business_date = any($1) order by s.business_date, s.started_at, s.step"#,
        dates
    );
    let mut found: BTreeMap<NaiveDate, Vec<RunStep>> = BTreeMap::new();
    for row in rows.fetch_all(connection).await? {
        found.entry(row.business_date).or_default().push(RunStep {
            step: row.step,
            expected: row.expected,
            done: row.done,
            parked: row.parked,
            started_at: row.started_at,
            finished_at: row.finished_at,
            stopped: row.stopped.map(serde_json::from_value).transpose()?.unwrap_or_default(),
            approved_at: row.approved_at,
            approved_by: row.approved_by,
        });
    }
    Ok(found)
}

/// The newest invoice there is.
pub async fn newest_invoice(connection: &mut Connection) -> Result<InvoiceId> {
    let newest = sqlx::query_scalar!("select max(id) from invoices").fetch_one(connection).await?;
    Ok(InvoiceId(newest.unwrap_or_default()))
}

/// The invoices of these contracts that are newer than one.
pub async fn invoices_after(
    connection: &mut Connection,
    before: InvoiceId,
    contracts: &[ContractId],
) -> Result<InvoicesPreview> {
    let ids: Vec<i64> = contracts.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select c.id, c.code, u.id as customer_id, u.name, i.total, i.currency
           from invoices i join contracts c on c.id = i.contract_id join customers u on u.id = i.customer_id
           where i.contract_id = any($1) and i.id > $2 order by i.id"#,
        &ids,
        before.0
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        Ok(PreviewedInvoice {
            contract: Choice { id: ContractId(row.id), name: row.code },
            customer: Choice { id: CustomerId(row.customer_id), name: row.name },
            total: Money::new(row.total, row.currency.parse()?),
        })
    });
    Ok(InvoicesPreview::of(rows.collect::<Result<_>>()?)?)
}
