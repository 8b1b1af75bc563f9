//! The addresses of a pool: who has which, which are kept back, and which is the next that is free.

use std::net::Ipv4Addr;

use chrono::{DateTime, Utc};
use domain::ids::{AddressPoolId, ContractId, CustomerId, RouterId};
use domain::views::list::{Choice, Page};
use domain::views::pools::{AddressFilter, AddressHolder, PoolAddress, PoolOffer};

use crate::search::pattern;
use crate::{Connection, Error, Result};

/// Those that somebody has or that are reserved, by address.
pub async fn addresses(
    connection: &mut Connection,
    pool: AddressPoolId,
    filter: &AddressFilter,
) -> Result<Page<PoolAddress>> {
    let rows = sqlx::query!(
        r#"with held as (
               select v.ip as address, c.id as contract_id, c.code, u.id as customer_id, u.name, null as why,
                      null::timestamptz as reserved_at
               from address_pools p join services v on v.router_id = p.router_id and v.ip << p.network
               join contracts c on c.id = v.contract_id join customers u on u.id = c.customer_id
               where p.id = $1 and v.released_at is null
               union all
               select address, null, null, null, null, why, reserved_at from address_reservations where pool_id = $1)
           select host(address) as "address!", contract_id, code, customer_id, name, why, reserved_at,
                  count(*) over () as "total!"
           from held
           where ($2::text is null
                  or plain(concat_ws(' ', host(address), code, name, why)) like plain($2))
           order by held.address limit $3 offset $4"#,
        pool.0,
        filter.search.as_deref().and_then(pattern),
        filter.page.rows(),
        filter.page.offset(),
    )
    .fetch_all(connection)
    .await?;
    let total = rows.first().map_or(0, |row| row.total);
    let rows = rows.into_iter().map(|row| {
        let nobody = || Error::Unknown(format!("address {} without a holder", row.address));
        let holder = match (row.contract_id, row.why.clone(), row.reserved_at) {
            (Some(contract), ..) => AddressHolder::Service {
                contract: ContractId(contract),
                contract_code: row.code.clone().ok_or_else(nobody)?,
                customer: CustomerId(row.customer_id.ok_or_else(nobody)?),
                customer_name: row.name.clone().ok_or_else(nobody)?,
            },
            (None, Some(why), Some(at)) => AddressHolder::Reserved { why, at },
            _ => return Err(nobody()),
        };
        Ok(PoolAddress { address: row.address.parse()?, holder })
    });
    Ok(Page { rows: rows.collect::<Result<_>>()?, total, number: filter.page.0.max(1) })
}

/// The first address that a service can have; the pool is locked until the transaction ends, so that nobody else is
/// given the same one.
pub async fn next_free(connection: &mut Connection, pool: AddressPoolId) -> Result<(RouterId, Option<Ipv4Addr>)> {
    let router = sqlx::query_scalar!("select router_id from address_pools where id = $1 for update", pool.0);
    let router = RouterId(router.fetch_one(&mut *connection).await?);
    let free = offers(connection).await?.into_iter().find(|offer| offer.id == pool).and_then(|offer| offer.next);
    Ok((router, free))
}

/// Every pool with the next address that is free in it.
pub async fn offers(connection: &mut Connection) -> Result<Vec<PoolOffer>> {
    let rows = sqlx::query!(
        r#"select p.id, p.name, p.router_id, r.name as router, host(free.address) as "next?"
           from address_pools p join routers r on r.id = p.router_id
           left join lateral (
               select candidate as address
               from generate_series(1, (2 ^ (32 - masklen(p.network)))::bigint - 2) as n,
                    lateral (select set_masklen(p.network::inet, 32) + n as candidate) as c
               where (p.dynamic_from is null or candidate not between p.dynamic_from and p.dynamic_to)
                 and not exists (select from services v
                                 where v.router_id = p.router_id and v.ip = candidate and v.released_at is null)
                 and not exists (select from address_reservations a where a.pool_id = p.id and a.address = candidate)
               order by n limit 1) as free on true
           order by lower(r.name), lower(p.name), p.id"#
    )
    .fetch_all(connection)
    .await?;
    let offers = rows.into_iter().map(|row| {
        Ok(PoolOffer {
            id: AddressPoolId(row.id),
            name: row.name,
            router: Choice { id: RouterId(row.router_id), name: row.router },
            next: row.next.map(|address| address.parse()).transpose()?,
        })
    });
    offers.collect()
}

/// # Errors
/// `Taken` with `address_reservations_pkey`, or with `address_given` when a service has it; `Refused` with
/// `address_outside`.
pub async fn reserve(
    connection: &mut Connection,
    pool: AddressPoolId,
    address: Ipv4Addr,
    why: &str,
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into address_reservations (pool_id, address, why, reserved_at) values ($1, $2::text::inet, $3, $4)",
        pool.0,
        address.to_string() as String,
        why,
        at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Lets go of a reservation; answers why it was there.
pub async fn release(connection: &mut Connection, pool: AddressPoolId, address: Ipv4Addr) -> Result<String> {
    let released = sqlx::query_scalar!(
        "delete from address_reservations where pool_id = $1 and address = $2::text::inet returning why",
        pool.0,
        address.to_string() as String,
    );
    Ok(released.fetch_one(connection).await?)
}
