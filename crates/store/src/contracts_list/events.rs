//! The contracts to which something happened between two days, as the dashboard counts them.

use chrono::NaiveDate;
use domain::views::contracts::{ContractEvent, ContractFilter, ContractIs};

use crate::{Connection, Result};

/// The first day and the last, when the list is of all that moved and of nothing narrower. A day that is left out is one that
/// nothing is before, or after.
pub(super) fn moved_between(filter: &ContractFilter) -> Option<[NaiveDate; 2]> {
    let all = filter.event == Some(ContractEvent::Moved) && matches!(filter.is, None | Some(ContractIs::Cut));
    let (first, last) = (NaiveDate::from_ymd_opt(1, 1, 1)?, NaiveDate::from_ymd_opt(9999, 12, 31)?);
    all.then_some([filter.from.unwrap_or(first), filter.to.unwrap_or(last)])
}

/// The first move between the days says it for its contract.
pub(super) async fn count_moved(connection: &mut Connection, [from, to]: [NaiveDate; 2]) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from recurring
           where kind is not null and from_on >= $1 and from_on <= $2 and coalesce(moved_before < $1, true)"#,
        from,
        to
    );
    Ok(count.fetch_one(connection).await?)
}

/// Each once; in one value, since tens of thousands of rows take longer to send than to find. A day that is left out is no
/// bound.
pub(super) async fn contracts(
    connection: &mut Connection,
    event: ContractEvent,
    days: (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<Vec<i64>> {
    match event {
        ContractEvent::New
        | ContractEvent::Expansion
        | ContractEvent::Contraction
        | ContractEvent::Churned
        | ContractEvent::Reactivated => moved(connection, Some(event), days).await,
        ContractEvent::Moved => moved(connection, None, days).await,
        ContractEvent::Closed => closed(connection, days).await,
        ContractEvent::Provisioned => provisioned(connection, days).await,
        ContractEvent::Reconnected => reconnected(connection, days).await,
    }
}

/// The first move between the days says it for its contract.
async fn moved(
    connection: &mut Connection,
    kind: Option<ContractEvent>,
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<Vec<i64>> {
    let ids = sqlx::query_scalar!(
        r#"select coalesce(array_agg(contract_id), '{}') as "ids!" from recurring
           where kind is not null and ($1::text is null or kind = $1)
             and ($2::date is null or from_on >= $2) and ($3::date is null or from_on <= $3)
             and coalesce(case when $1::text is null then moved_before else kind_before end < $2, true)"#,
        kind.map(ContractEvent::word),
        from,
        to
    );
    Ok(ids.fetch_one(connection).await?)
}

async fn closed(connection: &mut Connection, (from, to): (Option<NaiveDate>, Option<NaiveDate>)) -> Result<Vec<i64>> {
    let ids = sqlx::query_scalar!(
        r#"select coalesce(array_agg(id), '{}') as "ids!" from contracts
           where closed_on is not null and activated_on is not null
             and ($1::date is null or closed_on >= $1) and ($2::date is null or closed_on <= $2)"#,
        from,
        to
    );
    Ok(ids.fetch_one(connection).await?)
}

/// On days as the company's clocks count them.
async fn provisioned(
    connection: &mut Connection,
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<Vec<i64>> {
    let ids = sqlx::query_scalar!(
        r#"select coalesce(array_agg(s.contract_id), '{}') as "ids!"
           from company y join services s on s.first_active_at is not null
              and ($1::date is null or s.first_active_at >= $1::date::timestamp at time zone y.time_zone)
              and ($2::date is null or s.first_active_at < ($2::date + 1)::timestamp at time zone y.time_zone)"#,
        from,
        to
    );
    Ok(ids.fetch_one(connection).await?)
}

/// A hold that went with its contract brought nobody back.
async fn reconnected(
    connection: &mut Connection,
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<Vec<i64>> {
    let ids = sqlx::query_scalar!(
        r#"select coalesce(array_agg(distinct contract_id), '{}') as "ids!" from holds
           where reason = 'overdue' and lifted_on is not null and lifted_because ->> 'kind' <> 'contract_closed'
             and ($1::date is null or lifted_on >= $1) and ($2::date is null or lifted_on <= $2)"#,
        from,
        to
    );
    Ok(ids.fetch_one(connection).await?)
}
