//! One piece of equipment, and its moves.

use chrono::{DateTime, Utc};
use domain::contact::Mac;
use domain::ids::{
    ContractId, CustomerId, EquipmentId, EquipmentModelId, ServiceId, StockPlaceId, StockReceiptId, UserId,
};
use domain::stock::{Custody, EquipmentKind, EquipmentState, MoveKind, Serial, Whereabouts};

use crate::{Connection, Error, Result};

/// What a move needs to know of a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub id: EquipmentId,
    pub kind: EquipmentKind,
    /// Maker and name of the model.
    pub model: String,
    pub serial: String,
    pub custody: Custody,
}

impl Item {
    /// As a contract's history calls it.
    pub fn name(&self) -> String {
        format!("{} {}", self.model, self.serial)
    }
}

struct Row {
    id: i64,
    kind: String,
    model: String,
    serial: String,
    state: String,
    ownership: String,
    place_id: Option<i64>,
    service_id: Option<i64>,
    customer_id: Option<i64>,
}

impl Row {
    fn item(self) -> Result<Item> {
        let whereabouts = match (self.state.parse()?, self.place_id, self.service_id, self.customer_id) {
            (EquipmentState::InStock, Some(place), _, _) => Whereabouts::InStock { place: StockPlaceId(place) },
            (EquipmentState::Installed, _, Some(service), _) => Whereabouts::Installed { service: ServiceId(service) },
            (EquipmentState::WithCustomer, _, _, Some(customer)) => {
                Whereabouts::WithCustomer { customer: CustomerId(customer) }
            }
            (EquipmentState::WrittenOff, _, _, _) => Whereabouts::WrittenOff,
            (state, _, _, _) => return Err(Error::Unknown(format!("equipment that is {state}, but nowhere"))),
        };
        Ok(Item {
            id: EquipmentId(self.id),
            kind: self.kind.parse()?,
            model: self.model,
            serial: self.serial,
            custody: Custody { whereabouts, ownership: self.ownership.parse()? },
        })
    }
}

/// As it is now; somebody may move it meanwhile.
pub async fn get(connection: &mut Connection, id: EquipmentId) -> Result<Item> {
    let row = sqlx::query_as!(
        Row,
        r#"select e.id, e.kind, m.maker || ' ' || m.name as "model!", e.serial, e.state, e.ownership, e.place_id,
                  e.service_id, e.customer_id
           from equipment e join equipment_models m on m.id = e.model_id where e.id = $1"#,
        id.0
    );
    row.fetch_one(connection).await?.item()
}

/// Keeps it where it is until the transaction ends. Lock the contract before, if one is concerned.
pub async fn lock(connection: &mut Connection, id: EquipmentId) -> Result<Item> {
    sqlx::query_scalar!("select id from equipment where id = $1 for no key update", id.0)
        .fetch_one(&mut *connection)
        .await?;
    get(connection, id).await
}

/// The piece with a serial; or with a MAC, for those who read the wrong sticker.
pub async fn by_serial(connection: &mut Connection, serial: &Serial) -> Result<Option<EquipmentId>> {
    let mac = serial.as_str().parse::<Mac>().ok().map(|mac| mac.to_string());
    let id = sqlx::query_scalar!(
        "select id from equipment where serial = $1 or mac = $2 order by serial = $1 desc limit 1",
        serial.as_str(),
        mac
    );
    Ok(id.fetch_optional(connection).await?.map(EquipmentId))
}

/// One line of the history: what happened, and where it is from then on.
#[derive(Clone, Debug)]
pub struct NewMove<'a> {
    pub kind: MoveKind,
    pub custody: Custody,
    pub reason: &'a str,
    pub at: DateTime<Utc>,
    pub by: Option<UserId>,
    pub by_name: &'a str,
}

/// # Errors
/// `Taken` with `equipment_onu_of_service`.
pub async fn add_move(connection: &mut Connection, id: EquipmentId, new: &NewMove<'_>) -> Result<()> {
    let (place, service, customer) = match new.custody.whereabouts {
        Whereabouts::InStock { place } => (Some(place.0), None, None),
        Whereabouts::Installed { service } => (None, Some(service.0), None),
        Whereabouts::WithCustomer { customer } => (None, None, Some(customer.0)),
        Whereabouts::WrittenOff => (None, None, None),
    };
    sqlx::query!(
        "insert into equipment_moves (equipment_id, kind, state, ownership, place_id, service_id, customer_id, reason, at,
                                      by_id, by_name)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        id.0,
        new.kind.word(),
        new.custody.whereabouts.state().word(),
        new.custody.ownership.word(),
        place,
        service,
        customer,
        new.reason,
        new.at,
        new.by.map(|id| id.0),
        new.by_name
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A piece that came.
#[derive(Clone, Debug)]
pub struct NewGoods {
    pub model: EquipmentModelId,
    pub serial: Serial,
    pub mac: Option<Mac>,
}

/// Writes down what came to a place; answers the pieces in their order.
///
/// # Errors
/// `Taken` with `equipment_serial` or `equipment_mac`; `Refused` with a foreign key.
pub async fn add_goods(
    connection: &mut Connection,
    receipt: StockReceiptId,
    place: StockPlaceId,
    goods: &[NewGoods],
    new: &NewMove<'_>,
) -> Result<Vec<EquipmentId>> {
    let models: Vec<i64> = goods.iter().map(|goods| goods.model.0).collect();
    let serials: Vec<String> = goods.iter().map(|goods| goods.serial.to_string()).collect();
    let macs: Vec<Option<String>> = goods.iter().map(|goods| goods.mac.as_ref().map(ToString::to_string)).collect();
    let ids = sqlx::query_scalar!(
        "insert into equipment (model_id, kind, serial, mac, receipt_id, state, ownership, place_id, moved_at)
         select m.id, m.kind, g.serial, g.mac, $1::bigint, 'in_stock', 'ours', $2::bigint, $3::timestamptz
         from unnest($4::bigint[], $5::text[], $6::text[]) with ordinality as g (model_id, serial, mac, n)
         join equipment_models m on m.id = g.model_id order by g.n returning id",
        receipt.0,
        place.0,
        new.at,
        &models,
        &serials,
        &macs as &[Option<String>]
    )
    .fetch_all(&mut *connection)
    .await?;
    sqlx::query!(
        "insert into equipment_moves (equipment_id, kind, state, ownership, place_id, reason, at, by_id, by_name)
         select unnest($1::bigint[]), 'received', 'in_stock', 'ours', $2::bigint, $3::text, $4::timestamptz, $5::bigint,
                $6::text",
        &ids,
        place.0,
        new.reason,
        new.at,
        new.by.map(|id| id.0),
        new.by_name
    )
    .execute(connection)
    .await?;
    Ok(ids.into_iter().map(EquipmentId).collect())
}

/// Writes down what a customer has of their own.
///
/// # Errors
/// `Taken` with `equipment_serial`; `NotFound` without such a model.
pub async fn add_own(
    connection: &mut Connection,
    model: EquipmentModelId,
    serial: &Serial,
    customer: CustomerId,
    new: &NewMove<'_>,
) -> Result<EquipmentId> {
    let id = sqlx::query_scalar!(
        "insert into equipment (model_id, kind, serial, state, ownership, customer_id, moved_at)
         select id, kind, $2::text, 'with_customer', 'customer', $3::bigint, $4::timestamptz
         from equipment_models where id = $1 returning id",
        model.0,
        serial.as_str(),
        customer.0,
        new.at
    );
    let id = EquipmentId(id.fetch_one(&mut *connection).await?);
    add_move(connection, id, new).await?;
    Ok(id)
}

/// What serves with a contract and is ours, to come back with it.
pub async fn ours_at(connection: &mut Connection, contract: ContractId) -> Result<Vec<EquipmentId>> {
    let ids = sqlx::query_scalar!(
        "select e.id from equipment e join services s on s.id = e.service_id
         where s.contract_id = $1 and e.ownership in ('ours', 'leased') order by e.id",
        contract.0
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(EquipmentId).collect())
}

/// The piece with a serial, if it serves with that contract.
pub async fn by_serial_at(
    connection: &mut Connection,
    contract: ContractId,
    serial: &Serial,
) -> Result<Option<EquipmentId>> {
    let id = sqlx::query_scalar!(
        "select e.id from equipment e join services s on s.id = e.service_id where s.contract_id = $1 and e.serial = $2",
        contract.0,
        serial.as_str()
    );
    Ok(id.fetch_optional(connection).await?.map(EquipmentId))
}

pub async fn contract_of_service(connection: &mut Connection, service: ServiceId) -> Result<ContractId> {
    let contract = sqlx::query_scalar!("select contract_id from services where id = $1", service.0);
    Ok(ContractId(contract.fetch_one(connection).await?))
}

/// The ONU of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Serving {
    pub item: EquipmentId,
    pub serial: String,
}

/// The ONU from the stock that a service has.
pub async fn serves(connection: &mut Connection, service: ServiceId) -> Result<Option<Serving>> {
    let row = sqlx::query!("select id, serial from equipment where service_id = $1 and kind = 'onu'", service.0);
    let row = row.fetch_optional(connection).await?;
    Ok(row.map(|row| Serving { item: EquipmentId(row.id), serial: row.serial }))
}

/// The code of another contract whose service was set up with this serial.
pub async fn serving_with(connection: &mut Connection, service: ServiceId, serial: &str) -> Result<Option<String>> {
    let code = sqlx::query_scalar!(
        "select c.code from services s join contracts c on c.id = s.contract_id
         where s.onu_serial = $2 and s.id <> $1 and s.released_at is null",
        service.0,
        serial
    );
    Ok(code.fetch_optional(connection).await?)
}

/// The service is set up with this ONU; with `None` it has none any more.
///
/// # Errors
/// `Taken` with `services_onu_serial`.
pub async fn set_onu(connection: &mut Connection, service: ServiceId, serial: Option<&str>) -> Result<()> {
    sqlx::query!("update services set onu_serial = $2 where id = $1", service.0, serial).execute(connection).await?;
    Ok(())
}
