//! Equipment to be collected.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{CollectionOrderId, ContractId, CustomerId, StockPlaceId, UserId};
use domain::views::collection_orders::{
    CollectionOrderFilter, CollectionOrderRow, CollectionOutcome, CollectionStanding,
};
use domain::views::list::{Choice, Page};

use crate::{Connection, Error, Result};

/// Opens an order for the equipment of a contract, unless one is open; answers what is to be collected. `None` is what its
/// service is set up with.
pub async fn open(
    connection: &mut Connection,
    contract: ContractId,
    equipment: Option<&str>,
    on: NaiveDate,
    at: DateTime<Utc>,
) -> Result<Option<String>> {
    let opened = sqlx::query_scalar!(
        "insert into collection_orders (contract_id, equipment, opened_on, opened_at)
         select c.id, coalesce($4, s.onu_serial, s.mac, ''), $2, $3
         from contracts c left join services s on s.contract_id = c.id where c.id = $1
         on conflict (contract_id) where outcome is null do nothing returning equipment",
        contract.0,
        on,
        at,
        equipment
    );
    Ok(opened.fetch_optional(connection).await?)
}

/// How an order ended, who says so, and when.
#[derive(Clone, Debug)]
pub struct Closing<'a> {
    pub outcome: CollectionOutcome,
    pub note: &'a str,
    pub place: Option<StockPlaceId>,
    pub at: DateTime<Utc>,
    pub by: Option<UserId>,
}

/// Closes the open order of a contract; answers what was to be collected, or `None` when no order is open.
pub async fn close(connection: &mut Connection, contract: ContractId, closing: &Closing<'_>) -> Result<Option<String>> {
    let closed = sqlx::query_scalar!(
        "update collection_orders set outcome = $2, note = $3, closed_at = $4, closed_by = $5, place_id = $6
         where contract_id = $1 and outcome is null returning equipment",
        contract.0,
        closing.outcome.word(),
        closing.note,
        closing.at,
        closing.by.map(|id| id.0),
        closing.place.map(|id| id.0)
    );
    Ok(closed.fetch_optional(connection).await?)
}

/// # Errors
/// `NotFound`.
pub async fn get(connection: &mut Connection, order: CollectionOrderId) -> Result<CollectionOrderRow> {
    let rows = rows(connection, Some(order), None, &CollectionOrderFilter::default()).await?;
    rows.into_iter().next().ok_or(Error::NotFound)
}

/// The newest order of a contract, open or not.
pub async fn newest(connection: &mut Connection, contract: ContractId) -> Result<Option<CollectionOrderRow>> {
    let rows = rows(connection, None, Some(contract), &CollectionOrderFilter::default()).await?;
    Ok(rows.into_iter().next())
}

/// Newest first.
pub async fn list(connection: &mut Connection, filter: &CollectionOrderFilter) -> Result<Page<CollectionOrderRow>> {
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!" from collection_orders
           where $1::text is null or (outcome is null) = ($1 = 'open')"#,
        filter.standing.map(CollectionStanding::word)
    )
    .fetch_one(&mut *connection)
    .await?;
    let rows = rows(connection, None, None, filter).await?;
    Ok(Page { rows, total, number: filter.page.0.max(1) })
}

async fn rows(
    connection: &mut Connection,
    order: Option<CollectionOrderId>,
    contract: Option<ContractId>,
    filter: &CollectionOrderFilter,
) -> Result<Vec<CollectionOrderRow>> {
    let rows = sqlx::query!(
        r#"select o.id, o.contract_id, c.code, c.customer_id, n.name, n.phone, a.street, a.city, s.name as "sector?",
                  o.equipment, o.opened_on, o.outcome, o.note, o.closed_at, u.name as "closed_by?",
                  p.name as "place?"
           from collection_orders o
           join contracts c on c.id = o.contract_id
           join customers n on n.id = c.customer_id
           join addresses a on a.id = c.address_id
           left join sectors s on s.id = a.sector_id
           left join users u on u.id = o.closed_by
           left join stock_places p on p.id = o.place_id
           where ($1::bigint is null or o.id = $1) and ($2::bigint is null or o.contract_id = $2)
             and ($3::text is null or (o.outcome is null) = ($3 = 'open'))
           order by o.id desc limit $4 offset $5"#,
        order.map(|id| id.0),
        contract.map(|id| id.0),
        filter.standing.map(CollectionStanding::word),
        filter.page.rows(),
        filter.page.offset()
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            Ok(CollectionOrderRow {
                id: CollectionOrderId(row.id),
                contract: Choice { id: ContractId(row.contract_id), name: row.code },
                customer: Choice { id: CustomerId(row.customer_id), name: row.name },
                phone: row.phone,
                street: row.street,
                city: row.city,
                sector: row.sector,
                equipment: row.equipment,
                opened_on: row.opened_on,
                outcome: row.outcome.map(|outcome| outcome.parse()).transpose()?,
                note: row.note,
                place: row.place,
                closed_at: row.closed_at,
                closed_by: row.closed_by,
            })
        })
        .collect()
}
