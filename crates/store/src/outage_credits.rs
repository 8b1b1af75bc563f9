//! The days that outages give back: decided once for each outage, settled once for each contract.

use chrono::NaiveDate;
use domain::calendar::DateRange;
use domain::ids::{ContractId, OutageId};

use crate::{Connection, Result};

/// Outages that were over before a date, and that no night has looked at since their last day is known.
pub async fn undecided(connection: &mut Connection, date: NaiveDate) -> Result<Vec<OutageId>> {
    let ids = sqlx::query_scalar!(
        "select id from outages where credited_on is null and days << daterange($1, null) order by ends_on, id",
        date
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(OutageId).collect())
}

/// Writes down which days an outage gives back to whom: all of its days, to contracts that were active there, but for those
/// that were given back already. It must have lasted `from_days` or more; without that, nobody is given anything.
///
/// # Errors
/// `Overlap` when the same days were given back at the same moment.
pub async fn decide(
    connection: &mut Connection,
    outage: OutageId,
    from_days: Option<i32>,
    date: NaiveDate,
) -> Result<()> {
    let locked = sqlx::query!(
        r#"update outages set credited_on = $2 where id = $1 and credited_on is null and days << daterange($2, null)
           returning ends_on - starts_on + 1 as "days!""#,
        outage.0,
        date
    );
    let Some(lasted) = locked.fetch_optional(&mut *connection).await? else { return Ok(()) };
    if from_days.is_none_or(|from| lasted.days < from) {
        return Ok(());
    }
    sqlx::query!(
        "insert into outage_credits (outage_id, contract_id, days)
         select o.id, c.id, rest
         from outages o
         join contracts c on c.state = 'active' and c.activated_on <= o.ends_on
         join addresses a on a.id = c.address_id
         left join services v on v.contract_id = c.id and v.released_at is null
         cross join lateral unnest(
             datemultirange(daterange(greatest(o.starts_on, c.activated_on), o.ends_on + 1))
             - coalesce((select range_agg(k.days) from outage_credits k where k.contract_id = c.id), '{}')) as rest
         where o.id = $1 and (a.sector_id = o.sector_id or v.router_id = o.router_id)",
        outage.0
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Contracts, in order, that wait for what they are given back; at most `limit` after `after`.
pub async fn waiting(connection: &mut Connection, after: ContractId, limit: i64) -> Result<Vec<ContractId>> {
    let ids = sqlx::query_scalar!(
        "select distinct contract_id from outage_credits where settled_on is null and contract_id > $1
         order by contract_id limit $2",
        after.0,
        limit
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(ContractId).collect())
}

pub async fn count_waiting(connection: &mut Connection) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(distinct contract_id) as "count!" from outage_credits where settled_on is null"#
    );
    Ok(count.fetch_one(connection).await?)
}

/// What a contract waits for: the outage, its place, and the days.
pub async fn of_contract(
    connection: &mut Connection,
    contract: ContractId,
) -> Result<Vec<(OutageId, String, DateRange)>> {
    let rows = sqlx::query!(
        r#"select k.outage_id, coalesce(s.name, r.name) as "place!", lower(k.days) as "first!", upper(k.days) as "end!"
           from outage_credits k join outages o on o.id = k.outage_id
           left join sectors s on s.id = o.sector_id left join routers r on r.id = o.router_id
           where k.contract_id = $1 and k.settled_on is null order by lower(k.days) for update of k"#,
        contract.0
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    rows.map(|row| Ok((OutageId(row.outage_id), row.place, DateRange::new(row.first, row.end)?))).collect()
}

pub async fn settle(
    connection: &mut Connection,
    outage: OutageId,
    contract: ContractId,
    days: DateRange,
    on: NaiveDate,
) -> Result<()> {
    sqlx::query!(
        "update outage_credits set settled_on = $5
         where outage_id = $1 and contract_id = $2 and days = daterange($3, $4) and settled_on is null",
        outage.0,
        contract.0,
        days.start(),
        days.end(),
        on
    )
    .execute(connection)
    .await?;
    Ok(())
}
