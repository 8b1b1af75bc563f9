//! The ledger of nightly runs: for each business date and step what was expected, done and parked.

use chrono::{DateTime, NaiveDate, Utc};
use domain::billing::ParkReason;
use domain::ids::ContractId;

use crate::{Connection, Error, Result};

/// What a step has come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StepCounts {
    pub expected: i32,
    pub done: i32,
    pub parked: i32,
}

/// The last business date whose run finished.
pub async fn last_finished(connection: &mut Connection) -> Result<Option<NaiveDate>> {
    let date = sqlx::query_scalar!("select max(business_date) from runs where finished_at is not null");
    Ok(date.fetch_one(connection).await?)
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

/// What is parked and not yet resolved.
pub async fn open_parked(connection: &mut Connection) -> Result<Vec<(ContractId, ParkReason)>> {
    let rows = sqlx::query!("select contract_id, because from parked where resolved_at is null order by id");
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| Ok((ContractId(row.contract_id), serde_json::from_value(row.because)?)))
        .collect()
}
