//! Outages: parts of the network that are down.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::collections::OutageHere;
use domain::ids::{ContractId, CustomerId, MessageId, OutageId, RouterId, SectorId, UserId};
use domain::outage::{Foreseen, OutageEnd, OutageState};
use domain::views::collections::{NewOutage, OutageFilter, OutagePlace, OutageRow};
use domain::views::list::{Choice, Page};

use crate::{Connection, Error, Result};

/// # Errors
/// `Refused` with `outages_sector_id_fkey` or `outages_router_id_fkey`.
pub async fn add(
    connection: &mut Connection,
    outage: &NewOutage,
    at: DateTime<Utc>,
    by: Option<UserId>,
) -> Result<OutageId> {
    let id = sqlx::query_scalar!(
        "insert into outages (sector_id, router_id, reason, starts_on, ends_on, reported_at, reported_by)
         values ($1, $2, $3, $4, $5, $6, $7) returning id",
        outage.sector.map(|id| id.0),
        outage.router.map(|id| id.0),
        outage.reason,
        outage.starts_on,
        outage.ends_on,
        at,
        by.map(|id| id.0)
    );
    Ok(OutageId(id.fetch_one(connection).await?))
}

/// The days of an outage that nobody else changes until the transaction ends.
///
/// # Errors
/// `NotFound` when it was ended before.
pub async fn lock(connection: &mut Connection, outage: OutageId) -> Result<Foreseen> {
    let foreseen = sqlx::query_as!(
        Foreseen,
        "select starts_on, ends_on from outages where id = $1 and ended_at is null for update",
        outage.0
    );
    Ok(foreseen.fetch_one(connection).await?)
}

/// Another last day, as far as it is foreseen. A night that has looked at what the outage gives back looks again.
pub async fn save_last_day(connection: &mut Connection, outage: OutageId, ends_on: Option<NaiveDate>) -> Result<()> {
    sqlx::query!("update outages set ends_on = $2, credited_on = null where id = $1", outage.0, ends_on)
        .execute(connection)
        .await?;
    Ok(())
}

/// Writes down that it is over. What was called off keeps the last day that was foreseen, and has no days.
pub async fn end(
    connection: &mut Connection,
    outage: OutageId,
    end: OutageEnd,
    at: DateTime<Utc>,
    by: Option<UserId>,
) -> Result<()> {
    let last_day = match end {
        OutageEnd::Over { last_day } => Some(last_day),
        OutageEnd::CalledOff => None,
    };
    sqlx::query!(
        "update outages set ends_on = coalesce($2, ends_on), called_off = $3, ended_at = $4, ended_by = $5 where id = $1",
        outage.0,
        last_day,
        end == OutageEnd::CalledOff,
        at,
        by.map(|id| id.0)
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The outages that these contracts are in on a date, by contract; of several the longest.
pub(crate) async fn at(
    connection: &mut Connection,
    contracts: &[i64],
    today: NaiveDate,
) -> Result<BTreeMap<i64, OutageHere>> {
    let rows = sqlx::query!(
        r#"select distinct on (c.id) c.id, coalesce(s.name, r.name) as "place!", o.starts_on, o.reason
           from contracts c
           join addresses a on a.id = c.address_id
           left join services v on v.contract_id = c.id and v.released_at is null
           join outages o on (o.sector_id = a.sector_id or o.router_id = v.router_id) and o.days @> $2::date
           left join sectors s on s.id = o.sector_id
           left join routers r on r.id = o.router_id
           where c.id = any($1) order by c.id, o.starts_on, o.id"#,
        contracts,
        today
    );
    let found = rows
        .fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, OutageHere { place: row.place, since: row.starts_on, reason: row.reason }));
    Ok(found.collect())
}

/// One of a customer's connections, and what is down there.
#[derive(Clone, Debug)]
pub struct Place {
    pub contract: ContractId,
    pub code: String,
    pub street: String,
    pub outage: Option<(OutageId, OutageHere)>,
    /// The last day, where it is foreseen.
    pub until: Option<NaiveDate>,
}

/// The connections of a customer that are not over, with the outage that each is in on a date; of several the longest.
pub async fn places_of(connection: &mut Connection, customer: CustomerId, today: NaiveDate) -> Result<Vec<Place>> {
    let rows = sqlx::query!(
        r#"select c.id, c.code, a.street, o.id as "outage?", o.starts_on as "starts_on?", o.ends_on as "ends_on?",
                  o.reason as "reason?", coalesce(s.name, r.name) as place
           from contracts c
           join addresses a on a.id = c.address_id
           left join services v on v.contract_id = c.id and v.released_at is null
           left join lateral (
                select * from outages o
                where (o.sector_id = a.sector_id or o.router_id = v.router_id) and o.ended_at is null
                  and o.days @> $2::date
                order by o.starts_on, o.id limit 1) o on true
           left join sectors s on s.id = o.sector_id
           left join routers r on r.id = o.router_id
           where c.customer_id = $1 and c.state <> 'closed' order by c.id"#,
        customer.0,
        today
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| Place {
        contract: ContractId(row.id),
        code: row.code,
        street: row.street,
        outage: match (row.outage, row.place, row.starts_on, row.reason) {
            (Some(id), Some(place), Some(since), Some(reason)) => {
                Some((OutageId(id), OutageHere { place, since, reason }))
            }
            _ => None,
        },
        until: row.ends_on,
    });
    Ok(rows.collect())
}

/// What is down: the sector's or the router's name.
///
/// # Errors
/// `NotFound`.
pub async fn place(connection: &mut Connection, outage: OutageId) -> Result<String> {
    let name = sqlx::query_scalar!(
        r#"select coalesce(s.name, r.name) as "name!" from outages o
           left join sectors s on s.id = o.sector_id left join routers r on r.id = o.router_id where o.id = $1"#,
        outage.0
    );
    Ok(name.fetch_one(connection).await?)
}

/// Notes that a customer is told that an outage is over; `false` when that was noted before.
pub async fn note_told(
    connection: &mut Connection,
    outage: OutageId,
    customer: CustomerId,
    at: DateTime<Utc>,
) -> Result<bool> {
    let noted = sqlx::query!(
        "insert into outage_notices (outage_id, customer_id, told_at) values ($1, $2, $3) on conflict do nothing",
        outage.0,
        customer.0,
        at
    );
    Ok(noted.execute(connection).await?.rows_affected() == 1)
}

pub async fn note_message(
    connection: &mut Connection,
    outage: OutageId,
    customer: CustomerId,
    message: MessageId,
) -> Result<()> {
    sqlx::query!(
        "update outage_notices set message_id = $3 where outage_id = $1 and customer_id = $2",
        outage.0,
        customer.0,
        message.0
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Newest first.
pub async fn list(connection: &mut Connection, filter: &OutageFilter, today: NaiveDate) -> Result<Page<OutageRow>> {
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!" from outages where (days && daterange($1, null)) <> $2"#,
        today,
        filter.over
    )
    .fetch_one(&mut *connection)
    .await?;
    let rows = sqlx::query!(
        r#"select o.id, o.sector_id, s.name as "sector?", o.router_id, r.name as "router?", o.reason, o.starts_on,
                  o.ends_on, o.reported_at, u.name as "reported_by?", o.ended_at is not null as "ended!", o.called_off,
                  (select count(*) from contracts c join addresses a on a.id = c.address_id
                   left join services v on v.contract_id = c.id and v.released_at is null
                   where c.state = 'active' and (a.sector_id = o.sector_id or v.router_id = o.router_id)) as "contracts!",
                  (select count(*) from tickets t where t.outage_id = o.id) as "tickets!",
                  (select count(*) from tickets t where t.outage_id = o.id
                   and t.state in ('new', 'in_progress', 'waiting')) as "open_tickets!",
                  (select count(*) from outage_credits k where k.outage_id = o.id) as "credits!"
           from outages o left join sectors s on s.id = o.sector_id left join routers r on r.id = o.router_id
           left join users u on u.id = o.reported_by
           where ($5::bigint is null and (o.days && daterange($1, null)) <> $2) or o.id = $5
           order by o.starts_on desc, o.id desc limit $3 offset $4"#,
        today,
        filter.over,
        filter.page.rows(),
        filter.page.offset(),
        filter.outage.map(|id| id.0)
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        let place = match (row.sector_id.zip(row.sector), row.router_id.zip(row.router)) {
            (Some((id, name)), _) => OutagePlace::Sector { sector: Choice { id: SectorId(id), name } },
            (_, Some((id, name))) => OutagePlace::Router { router: Choice { id: RouterId(id), name } },
            (None, None) => return Err(Error::Unknown(format!("the place of outage {}", row.id))),
        };
        let state = match (row.ended, row.called_off) {
            (false, _) => Foreseen { starts_on: row.starts_on, ends_on: row.ends_on }.state(today),
            (true, false) => OutageState::Over,
            (true, true) => OutageState::CalledOff,
        };
        Ok(OutageRow {
            id: OutageId(row.id),
            place,
            reason: row.reason,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            reported_at: row.reported_at,
            reported_by: row.reported_by,
            contracts: row.contracts,
            tickets: row.tickets,
            open_tickets: row.open_tickets,
            credits: row.credits,
            state,
        })
    });
    Ok(Page { rows: rows.collect::<Result<_>>()?, total, number: filter.page.0.max(1) })
}
