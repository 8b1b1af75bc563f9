//! The figures of the office's first screen, each counted over the rows that its list shows.

use domain::ids::ContractId;
use domain::money::{Currency, Money};
use domain::views::dashboard::{LastRun, Parked, RunStep};
use domain::views::list::Choice;

use crate::{Connection, Error, Result};

/// Contracts by what the dashboard tells of them.
#[derive(Clone, Copy, Debug)]
pub struct ContractCounts {
    pub active: i64,
    pub suspended: i64,
    pub to_install: i64,
}

pub async fn contracts(connection: &mut Connection) -> Result<ContractCounts> {
    let counts = sqlx::query_as!(
        ContractCounts,
        r#"select count(*) filter (where service_state = 'active') as "active!",
                  count(*) filter (where service_state in ('suspended', 'disabled', 'removal_list')) as "suspended!",
                  count(*) filter (where state = 'open') as "to_install!"
           from contracts where state in ('open', 'active')"#
    );
    Ok(counts.fetch_one(connection).await?)
}

/// Monthly recurring revenue before tax: what the recurring lines of active contracts come to in a month.
pub async fn recurring(connection: &mut Connection, currency: Currency) -> Result<Money> {
    let sum = sqlx::query_scalar!(
        r#"select coalesce(sum(l.unit_price * l.quantity * (100 - l.discount_percent) / 100
                   * case right(l.every, 1) when 'd' then 365.0 / 12 when 'w' then 365.0 / 84 when 'm' then 1 else 1.0 / 12 end
                   / left(l.every, -1)::int), 0) as "sum!"
           from contract_lines l join contracts c on c.id = l.contract_id
           where c.state = 'active' and c.currency = $1 and l.every is not null and l.next_invoice_on is not null"#,
        currency.to_string()
    );
    Ok(Money::new(sum.fetch_one(connection).await?, currency))
}

/// Jobs that wait for a person, and services that do not hold what is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Trouble {
    pub jobs_given_up: i64,
    pub out_of_step: i64,
    pub parked: i64,
}

pub async fn trouble(connection: &mut Connection) -> Result<Trouble> {
    let trouble = sqlx::query_as!(
        Trouble,
        r#"select (select count(*) from jobs_unresolved) as "jobs_given_up!",
                  (select count(*) from services_out_of_step) as "out_of_step!",
                  (select count(distinct contract_id) from parked where resolved_at is null) as "parked!""#
    );
    Ok(trouble.fetch_one(connection).await?)
}

/// The newest contracts that a nightly run left out.
pub async fn newest_parked(connection: &mut Connection, limit: i64) -> Result<Vec<Parked>> {
    let rows = sqlx::query!(
        "select p.contract_id, c.code, u.name as customer, p.step, p.business_date, p.because
         from parked p
         join contracts c on c.id = p.contract_id
         join customers u on u.id = c.customer_id
         where p.resolved_at is null order by p.id desc limit $1",
        limit
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            Ok(Parked {
                contract: Choice { id: ContractId(row.contract_id), name: row.code },
                customer: row.customer,
                step: row.step,
                since: row.business_date,
                because: serde_json::from_value(row.because).map_err(|error| Error::Unknown(error.to_string()))?,
            })
        })
        .collect()
}

/// The newest nightly run, if there has been one.
pub async fn last_run(connection: &mut Connection) -> Result<Option<LastRun>> {
    let run =
        sqlx::query!("select business_date, started_at, finished_at from runs order by business_date desc limit 1")
            .fetch_optional(&mut *connection)
            .await?;
    let Some(run) = run else { return Ok(None) };
    let steps = sqlx::query_as!(
        RunStep,
        "select step, expected, done, parked from run_steps where business_date = $1 order by started_at, step",
        run.business_date
    );
    let steps = steps.fetch_all(connection).await?;
    Ok(Some(LastRun {
        business_date: run.business_date,
        started_at: run.started_at,
        finished_at: run.finished_at,
        steps,
    }))
}
