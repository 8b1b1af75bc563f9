//! The figures of the office's first screen. Each is counted over the rows that its list shows, in one sector or in all;
//! what would be slow to add up is kept by triggers (migrations 0019 and 0039).

mod changed;
mod money;
mod recurring;

use chrono::NaiveDate;
use domain::ids::SectorId;
use domain::money::Currency;
use domain::service::ServiceState;
use domain::views::dashboard::{ServiceFigures, Span, TroubleFigures};

use crate::{Connection, Result};

pub use changed::Changed;
pub use money::{ages, collected_on, debts_by_sector, promised};
pub use recurring::{add_up_moves, churn, moved, recurring};

/// The active contracts of a currency.
pub type ActiveContracts = (Currency, i64);

/// Contracts by what their customers may use, and how many are active in each currency.
pub async fn contracts(
    connection: &mut Connection,
    sector: Option<SectorId>,
) -> Result<(ServiceFigures, Vec<ActiveContracts>)> {
    let counts = match sector {
        Some(sector) => counts_of_sector(connection, sector).await?,
        None => counts(connection).await?,
    };
    let (mut figures, mut active) = (ServiceFigures::default(), Vec::<ActiveContracts>::new());
    for row in counts {
        if row.state == "open" {
            figures.to_install += row.count;
            continue;
        }
        match row.service_state.parse::<ServiceState>()? {
            ServiceState::Active => figures.active += row.count,
            ServiceState::None => {}
            ServiceState::Throttled | ServiceState::Suspended | ServiceState::Disabled | ServiceState::RemovalList => {
                figures.suspended += row.count
            }
        }
        let currency = row.currency.parse::<Currency>()?;
        match active.last_mut() {
            Some((last, count)) if *last == currency => *count += row.count,
            _ => active.push((currency, row.count)),
        }
    }
    Ok((figures, active))
}

/// Contracts of one currency, in one state.
struct Count {
    currency: String,
    state: String,
    service_state: String,
    count: i64,
}

/// The few combinations that there are, each found from the one before by the index, and then the length of its run there:
/// a third of the time of grouping all contracts.
async fn counts(connection: &mut Connection) -> Result<Vec<Count>> {
    let counts = sqlx::query_as!(
        Count,
        r#"with recursive runs as (
               (select state, currency, service_state from contracts order by state, currency, service_state limit 1)
               union all
               select n.state, n.currency, n.service_state
               from runs r cross join lateral (
                   select state, currency, service_state from contracts
                   where (state, currency, service_state) > (r.state, r.currency, r.service_state)
                   order by state, currency, service_state limit 1) n)
           select r.currency as "currency!", r.state as "state!", r.service_state as "service_state!",
                  (select count(*) from contracts c
                   where c.state = r.state and c.currency = r.currency and c.service_state = r.service_state) as "count!"
           from runs r where r.state in ('open', 'active') order by r.currency"#
    );
    Ok(counts.fetch_all(connection).await?)
}

async fn counts_of_sector(connection: &mut Connection, sector: SectorId) -> Result<Vec<Count>> {
    let counts = sqlx::query_as!(
        Count,
        r#"select currency, state, service_state, count(*) as "count!"
           from contracts
           where state in ('open', 'active') and sector_id = $1
           group by currency, state, service_state order by currency"#,
        sector.0
    );
    Ok(counts.fetch_all(connection).await?)
}

/// Contracts whose service was read as on for the first time within the span, in days of the company's clocks, and how
/// many seconds that took on average.
pub async fn provisioned(
    connection: &mut Connection,
    span: Span,
    sector: Option<SectorId>,
) -> Result<(i64, Option<i64>)> {
    let row = sqlx::query!(
        r#"select count(*) as "count!", extract(epoch from avg(s.took))::bigint as seconds
           from company y
           join services s on s.first_active_at >= $1::date::timestamp at time zone y.time_zone
                          and s.first_active_at < ($2::date + 1)::timestamp at time zone y.time_zone
           where $3::bigint is null or s.contract_id in (
               select id from contracts where sector_id = $3)"#,
        span.from,
        span.to,
        sector.map(|id| id.0)
    );
    let row = row.fetch_one(connection).await?;
    Ok((row.count, row.seconds))
}

/// Contracts that came back from a cut for debt, however that was made good.
pub async fn reconnected(connection: &mut Connection, span: Span, sector: Option<SectorId>) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!"
           from (
               select distinct contract_id
               from holds
               where reason = 'overdue' and lifted_on between $1 and $2 and lifted_because ->> 'kind' <> 'contract_closed'
                 and ($3::bigint is null or contract_id in (
                       select id from contracts where sector_id = $3))) back"#,
        span.from,
        span.to,
        sector.map(|id| id.0)
    );
    Ok(count.fetch_one(connection).await?)
}

/// Leases that run, and whose commitment ends by a day.
pub async fn leases_ending(connection: &mut Connection, by: NaiveDate, sector: Option<SectorId>) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!"
           from leases
           where state = 'running' and commitment_end <= $1
             and ($2::bigint is null or contract_id in (
                   select id from contracts where sector_id = $2))"#,
        by,
        sector.map(|id| id.0)
    );
    Ok(count.fetch_one(connection).await?)
}

/// What somebody must look at. Jobs, routers and the card gateway are in no sector.
pub async fn trouble(connection: &mut Connection, sector: Option<SectorId>) -> Result<TroubleFigures> {
    let trouble = sqlx::query_as!(
        TroubleFigures,
        r#"select (select count(*) from jobs_unresolved) as "jobs_given_up!",
                  (select count(*) from routers where failures > 0) as "routers_failing!",
                  (select count(*) from services_out_of_step
                   where $1::bigint is null or contract_id in (
                       select id from contracts where sector_id = $1))
                      as "out_of_step!",
                  (select count(distinct contract_id) from parked
                   where resolved_at is null and ($1::bigint is null or contract_id in (
                       select id from contracts where sector_id = $1)))
                      as "parked!",
                  (select count(*) from gateway_events where state = 'parked') as "events_parked!",
                  (select count(*) from disputes where state in ('inquiry', 'open')) as "disputes_open!""#,
        sector.map(|id| id.0)
    );
    Ok(trouble.fetch_one(connection).await?)
}
