//! When a night asks before it cuts: the limits, the days off, and what a stopped night would have cut.

use chrono::{DateTime, NaiveDate, Utc};
use domain::collections::{Holiday, Interlock, OverdueEvidence, Stop};
use domain::ids::{ContractId, CustomerId, PolicyId, UserId};
use domain::views::collections::ProposedCut;
use domain::views::list::{Choice, Page, PageNumber};
use sqlx::postgres::PgListener;

use crate::{Connection, Error, Pool, Result};

/// What whoever makes the cuts listens to: told in the transaction that approves them, heard when it is committed.
const CHANNEL: &str = "approved_cuts";

pub async fn get(connection: &mut Connection) -> Result<Interlock> {
    let row = sqlx::query!("select cap_percent, cap_floor, silent_days from interlock").fetch_one(connection).await?;
    Ok(Interlock {
        cap_percent: row.cap_percent,
        cap_floor: row.cap_floor.try_into()?,
        silent_days: row.silent_days.map(u16::try_from).transpose()?,
    })
}

pub async fn save(connection: &mut Connection, interlock: &Interlock) -> Result<()> {
    sqlx::query!(
        "update interlock set cap_percent = $1, cap_floor = $2, silent_days = $3",
        interlock.cap_percent,
        i32::try_from(interlock.cap_floor)?,
        interlock.silent_days.map(i32::from)
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn holidays(connection: &mut Connection) -> Result<Vec<Holiday>> {
    let rows = sqlx::query_as!(Holiday, r#"select on_date as "on", name, yearly from holidays order by on_date"#);
    Ok(rows.fetch_all(connection).await?)
}

/// # Errors
/// `Taken` with `holidays_pkey`.
pub async fn add_holiday(connection: &mut Connection, holiday: &Holiday) -> Result<()> {
    sqlx::query!(
        "insert into holidays (on_date, name, yearly) values ($1, $2, $3)",
        holiday.on,
        holiday.name,
        holiday.yearly
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// # Errors
/// `NotFound`.
pub async fn remove_holiday(connection: &mut Connection, on: NaiveDate) -> Result<Holiday> {
    let row = sqlx::query_as!(
        Holiday,
        r#"delete from holidays where on_date = $1 returning on_date as "on", name, yearly"#,
        on
    );
    Ok(row.fetch_one(connection).await?)
}

pub async fn active_contracts(connection: &mut Connection) -> Result<i64> {
    let count = sqlx::query_scalar!(r#"select count(*) as "count!" from contracts where state = 'active'"#);
    Ok(count.fetch_one(connection).await?)
}

/// How many contracts rules have cut for their debts since a moment.
pub async fn cut_since(connection: &mut Connection, from: DateTime<Utc>) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(distinct contract_id) as "count!" from holds
           where reason = 'overdue' and placed_by is null and placed_at >= $1"#,
        from
    );
    Ok(count.fetch_one(connection).await?)
}

/// When the last payment was recorded, if there has been one.
pub async fn last_payment(connection: &mut Connection) -> Result<Option<DateTime<Utc>>> {
    Ok(sqlx::query_scalar!("select max(recorded_at) from payments").fetch_one(connection).await?)
}

/// When payments were recorded, by the hour, from a moment on.
pub async fn payment_hours(connection: &mut Connection, from: DateTime<Utc>) -> Result<Vec<DateTime<Utc>>> {
    let hours = sqlx::query_scalar!(
        r#"select distinct date_trunc('hour', recorded_at) as "hour!" from payments where recorded_at >= $1"#,
        from
    );
    Ok(hours.fetch_all(connection).await?)
}

/// Whether a step stopped, and whether somebody has let it go on.
#[derive(Clone, Debug, PartialEq)]
pub struct StoppedStep {
    pub stops: Vec<Stop>,
    pub approved_at: Option<DateTime<Utc>>,
}

/// Locks the step of a night that stopped.
///
/// # Errors
/// `NotFound` when it did not stop.
pub async fn lock_stopped(connection: &mut Connection, date: NaiveDate, step: &str) -> Result<StoppedStep> {
    let row = sqlx::query!(
        r#"select stopped as "stopped!", approved_at from run_steps
           where business_date = $1 and step = $2 and stopped is not null for update"#,
        date,
        step
    );
    let row = row.fetch_one(connection).await?;
    Ok(StoppedStep { stops: serde_json::from_value(row.stopped)?, approved_at: row.approved_at })
}

/// Notes that a step stopped, with everything that it would have cut. A night that was interrupted and goes on stops anew:
/// what was approved before was another list.
pub async fn stop(
    connection: &mut Connection,
    date: NaiveDate,
    step: &str,
    stops: &[Stop],
    cuts: &[(ContractId, OverdueEvidence)],
) -> Result<()> {
    sqlx::query!(
        "update run_steps set stopped = $3, approved_at = null, approved_by = null where business_date = $1 and step = $2",
        date,
        step,
        serde_json::to_value(stops)?
    )
    .execute(&mut *connection)
    .await?;
    propose(connection, date, cuts).await
}

/// Writes down the cuts of a night that are not made yet, in the place of those that were written down before.
pub async fn propose(
    connection: &mut Connection,
    date: NaiveDate,
    cuts: &[(ContractId, OverdueEvidence)],
) -> Result<()> {
    sqlx::query!("delete from proposed_cuts where business_date = $1", date).execute(&mut *connection).await?;
    let contracts: Vec<_> = cuts.iter().map(|(contract, _)| contract.0).collect();
    let effects: Vec<_> = cuts.iter().map(|(_, evidence)| evidence.effect.word().to_owned()).collect();
    let evidence: Vec<serde_json::Value> =
        cuts.iter().map(|(_, evidence)| Ok(serde_json::to_value(evidence)?)).collect::<Result<_>>()?;
    sqlx::query!(
        "insert into proposed_cuts (business_date, contract_id, effect, evidence)
         select $1, * from unnest($2::bigint[], $3::text[], $4::jsonb[])",
        date,
        &contracts,
        &effects,
        &evidence
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A connection that hears when somebody lets a night go on.
pub struct Approvals {
    listener: PgListener,
}

impl Approvals {
    pub async fn listen(pool: &Pool) -> Result<Self> {
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(CHANNEL).await?;
        Ok(Self { listener })
    }

    /// Waits for the next one. What was told while the connection was lost is not heard: look now and then as well.
    pub async fn heard(&mut self) -> Result<()> {
        self.listener.recv().await?;
        Ok(())
    }
}

/// Lets a step go on, and calls whoever makes its cuts.
pub async fn approve(
    connection: &mut Connection,
    date: NaiveDate,
    step: &str,
    by: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update run_steps set approved_at = $3, approved_by = $4 where business_date = $1 and step = $2",
        date,
        step,
        at,
        by.map(|id| id.0)
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!("select pg_notify($1, '')", CHANNEL).execute(connection).await?;
    Ok(())
}

/// A night with cuts left to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnfinishedNight {
    pub date: NaiveDate,
    /// It had stopped. Otherwise its cuts wait for their hours.
    pub approved: bool,
}

/// Nights that were approved and have cuts left to make, oldest first; and the newest night, when it did not stop: a later
/// one looks at everybody anew.
pub async fn unfinished_nights(connection: &mut Connection) -> Result<Vec<UnfinishedNight>> {
    let nights = sqlx::query_as!(
        UnfinishedNight,
        r#"select distinct p.business_date as date, s.approved_at is not null as "approved!" from proposed_cuts p
           join run_steps s on s.business_date = p.business_date and s.step = 'collections'
           where p.settled_at is null
             and (s.approved_at is not null
                  or (s.stopped is null and p.business_date = (select max(business_date) from runs)))
           order by 1"#
    );
    Ok(nights.fetch_all(connection).await?)
}

/// How many cuts of a night are still to be made, by policy.
pub async fn proposed_by_policy(connection: &mut Connection, date: NaiveDate) -> Result<Vec<(PolicyId, i64)>> {
    let rows = sqlx::query!(
        r#"select c.policy_id, count(*) as "cuts!" from proposed_cuts p join contracts c on c.id = p.contract_id
           where p.business_date = $1 and p.settled_at is null group by 1 order by 1"#,
        date
    );
    Ok(rows.fetch_all(connection).await?.into_iter().map(|row| (PolicyId(row.policy_id), row.cuts)).collect())
}

/// The contracts of a night that are still to be cut.
pub async fn proposed(connection: &mut Connection, date: NaiveDate) -> Result<Vec<ContractId>> {
    let ids = sqlx::query_scalar!(
        "select contract_id from proposed_cuts where business_date = $1 and settled_at is null order by contract_id",
        date
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(ContractId).collect())
}

/// Notes that a proposed cut was looked at again; false when somebody else did so first.
pub async fn settle(
    connection: &mut Connection,
    date: NaiveDate,
    contract: ContractId,
    at: DateTime<Utc>,
) -> Result<bool> {
    let settled = sqlx::query!(
        "update proposed_cuts set settled_at = $3 where business_date = $1 and contract_id = $2 and settled_at is null",
        date,
        contract.0,
        at
    );
    Ok(settled.execute(connection).await?.rows_affected() == 1)
}

/// The newest night, when it stopped, waits for approval and would cut this contract.
pub async fn waits_for_approval(connection: &mut Connection, contract: ContractId) -> Result<Option<NaiveDate>> {
    let date = sqlx::query_scalar!(
        "select p.business_date from proposed_cuts p
         join run_steps s on s.business_date = p.business_date and s.stopped is not null and s.approved_at is null
         where p.contract_id = $1 and p.settled_at is null
           and p.business_date = (select max(business_date) from runs)",
        contract.0
    );
    Ok(date.fetch_optional(connection).await?)
}

/// Whom a stopped night would have cut, by name.
pub async fn proposals(connection: &mut Connection, date: NaiveDate, page: PageNumber) -> Result<Page<ProposedCut>> {
    let total = sqlx::query_scalar!(r#"select count(*) as "count!" from proposed_cuts where business_date = $1"#, date)
        .fetch_one(&mut *connection)
        .await?;
    let rows = sqlx::query!(
        r#"select p.contract_id, c.code, u.id as customer_id, u.name, p.evidence, p.settled_at is not null as "settled!"
           from proposed_cuts p join contracts c on c.id = p.contract_id join customers u on u.id = c.customer_id
           where p.business_date = $1 order by u.name, p.contract_id limit $2 offset $3"#,
        date,
        page.rows(),
        page.offset()
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        Ok::<_, Error>(ProposedCut {
            contract: Choice { id: ContractId(row.contract_id), name: row.code },
            customer: Choice { id: CustomerId(row.customer_id), name: row.name },
            evidence: serde_json::from_value(row.evidence)?,
            settled: row.settled,
        })
    });
    Ok(Page { rows: rows.collect::<Result<_>>()?, total, number: page.0.max(1) })
}
