//! Orders as those who change them see them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{ContractId, TicketId, UserId, WorkOrderId};
use domain::position::Position;
use domain::work_order::{DayPart, WorkKind, WorkState};

use crate::{Connection, Result};

/// An order to write down: it waits for a day.
#[derive(Clone, Debug)]
pub struct NewOrder<'a> {
    pub kind: WorkKind,
    pub contract: ContractId,
    pub ticket: Option<TicketId>,
    pub note: &'a str,
    pub at: DateTime<Utc>,
    /// `None`: by what happened to the contract.
    pub by: Option<UserId>,
}

/// What decides about an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub id: WorkOrderId,
    pub kind: WorkKind,
    pub contract: ContractId,
    pub ticket: Option<TicketId>,
    pub state: WorkState,
    pub technician: Option<UserId>,
    pub on: Option<NaiveDate>,
    pub part: DayPart,
    pub place: i32,
    pub reason: String,
    pub version: i32,
}

/// Writes an order; `None` when one like it is open.
///
/// # Errors
/// `Refused` with `work_orders_contract_id_fkey` or `work_orders_ticket_id_fkey`.
pub async fn add(connection: &mut Connection, order: &NewOrder<'_>) -> Result<Option<WorkOrderId>> {
    let id = sqlx::query_scalar!(
        "insert into work_orders (kind, contract_id, ticket_id, state, note, created_at, created_by, changed_at, changed_by)
         values ($1, $2, $3, 'planned', $4, $5, $6, $5, $6) on conflict do nothing returning id",
        order.kind.word(),
        order.contract.0,
        order.ticket.map(|id| id.0),
        order.note,
        order.at,
        order.by.map(|id| id.0)
    );
    Ok(id.fetch_optional(connection).await?.map(WorkOrderId))
}

/// Whose contract it is about, and the ticket that it mends: these stay as they are.
///
/// # Errors
/// `NotFound`.
pub async fn about(connection: &mut Connection, order: WorkOrderId) -> Result<(ContractId, Option<TicketId>)> {
    let row = sqlx::query!("select contract_id, ticket_id from work_orders where id = $1", order.0);
    let row = row.fetch_one(connection).await?;
    Ok((ContractId(row.contract_id), row.ticket_id.map(TicketId)))
}

/// Those of several orders.
pub async fn contracts_of(connection: &mut Connection, orders: &[WorkOrderId]) -> Result<Vec<ContractId>> {
    let orders: Vec<i64> = orders.iter().map(|id| id.0).collect();
    let ids = sqlx::query_scalar!("select distinct contract_id from work_orders where id = any($1)", &orders);
    Ok(ids.fetch_all(connection).await?.into_iter().map(ContractId).collect())
}

/// An order that nobody else changes until the transaction ends. Lock its customer before.
///
/// # Errors
/// `NotFound`.
pub async fn lock(connection: &mut Connection, order: WorkOrderId) -> Result<Order> {
    let row = sqlx::query!(
        "select id, kind, contract_id, ticket_id, state, technician_id, on_date, part, place, reason, version
         from work_orders where id = $1 for update",
        order.0
    );
    let row = row.fetch_one(connection).await?;
    Ok(Order {
        id: WorkOrderId(row.id),
        kind: row.kind.parse()?,
        contract: ContractId(row.contract_id),
        ticket: row.ticket_id.map(TicketId),
        state: row.state.parse()?,
        technician: row.technician_id.map(UserId),
        on: row.on_date,
        part: row.part.parse()?,
        place: row.place,
        reason: row.reason,
        version: row.version,
    })
}

/// Writes down what may change of an order, and who changed it.
///
/// # Errors
/// `Refused` with `work_orders_technician_id_fkey`; `Taken` with `work_orders_open` or `work_orders_ticket_open` when another
/// one like it is open.
pub async fn save(connection: &mut Connection, order: &Order, at: DateTime<Utc>, by: Option<UserId>) -> Result<()> {
    sqlx::query!(
        "update work_orders set state = $2, technician_id = $3, on_date = $4, part = $5, place = $6, reason = $7,
                version = $8, changed_at = $9, changed_by = $10,
                started_at = case when $2 = 'under_way' then coalesce(started_at, $9)
                                  when $2 in ('planned', 'assigned') then null else started_at end,
                ended_at = case when $2 in ('done', 'cancelled') then $9 end
         where id = $1",
        order.id.0,
        order.state.word(),
        order.technician.map(|id| id.0),
        order.on,
        order.part.word(),
        order.place,
        order.reason,
        order.version,
        at,
        by.map(|id| id.0)
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The open orders of a contract that are of one of these kinds.
pub async fn open_of_contract(
    connection: &mut Connection,
    contract: ContractId,
    kinds: &[WorkKind],
) -> Result<Vec<WorkOrderId>> {
    let kinds: Vec<String> = kinds.iter().map(|kind| kind.word().to_owned()).collect();
    let ids = sqlx::query_scalar!(
        "select id from work_orders where contract_id = $1 and kind = any($2)
           and state in ('planned', 'assigned', 'under_way', 'failed') order by id",
        contract.0,
        &kinds
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(WorkOrderId).collect())
}

pub async fn open_of_ticket(connection: &mut Connection, ticket: TicketId) -> Result<Option<WorkOrderId>> {
    let id = sqlx::query_scalar!(
        "select id from work_orders where ticket_id = $1 and state in ('planned', 'assigned', 'under_way', 'failed')",
        ticket.0
    );
    Ok(id.fetch_optional(connection).await?.map(WorkOrderId))
}

/// The last place of a technician's day; 0 when there is none.
pub async fn last_place(connection: &mut Connection, technician: UserId, on: NaiveDate) -> Result<i32> {
    let place = sqlx::query_scalar!(
        r#"select coalesce(max(place), 0) as "place!" from work_orders where technician_id = $1 and on_date = $2"#,
        technician.0,
        on
    );
    Ok(place.fetch_one(connection).await?)
}

/// A stop of a technician's day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    pub id: WorkOrderId,
    pub state: WorkState,
    pub part: DayPart,
    pub place: i32,
    pub position: Option<Position>,
}

/// A technician's day in the order of its route, kept from changing until the transaction ends. Locked by their ids, as
/// whoever gives several out locks them, and put in order afterwards: the places are those that whoever was waited for
/// left.
pub async fn route(connection: &mut Connection, technician: UserId, on: NaiveDate) -> Result<Vec<Placed>> {
    let rows = sqlx::query!(
        "select o.id, o.state, o.part, o.place, a.latitude, a.longitude
         from work_orders o join contracts c on c.id = o.contract_id join addresses a on a.id = c.address_id
         where o.technician_id = $1 and o.on_date = $2 and o.state <> 'cancelled'
         order by o.id for update of o",
        technician.0,
        on
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        let position = row.latitude.zip(row.longitude).map(Position::try_from).transpose()?;
        Ok(Placed {
            id: WorkOrderId(row.id),
            state: row.state.parse()?,
            part: row.part.parse()?,
            place: row.place,
            position,
        })
    });
    let mut stops = rows.collect::<Result<Vec<Placed>>>()?;
    stops.sort_by_key(|stop| (stop.place, stop.id));
    Ok(stops)
}

/// Where an order stands in the route of its day; nothing else changes by it.
pub async fn set_place(connection: &mut Connection, order: WorkOrderId, place: i32) -> Result<()> {
    sqlx::query!("update work_orders set place = $2 where id = $1", order.0, place).execute(connection).await?;
    Ok(())
}
