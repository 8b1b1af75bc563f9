//! Goods that came, as they were typed, and what of them is not received yet.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::ids::{ContractId, EquipmentId, EquipmentModelId, ServiceId, StockPlaceId, StockReceiptId, UserId};
use domain::views::list::Choice;
use domain::views::stock::{ReceiptDetail, ReceiptRow};
use domain::views::stock_forms::Receipt;

use crate::{Connection, Result};

/// # Errors
/// `Refused` with `stock_receipts_model_id_fkey` or `stock_receipts_place_id_fkey`.
pub async fn add_receipt(
    connection: &mut Connection,
    receipt: &Receipt,
    at: DateTime<Utc>,
    by: Option<UserId>,
) -> Result<StockReceiptId> {
    let id = sqlx::query_scalar!(
        "insert into stock_receipts (model_id, place_id, note, typed, rest, opened_at, opened_by)
         values ($1, $2, $3, $4, $4, $5, $6) returning id",
        receipt.model.0,
        receipt.place.0,
        receipt.note,
        receipt.lines,
        at,
        by.map(|id| id.0)
    );
    Ok(StockReceiptId(id.fetch_one(connection).await?))
}

/// A receipt with what is left of it, not looked at yet; nobody else works on it until the transaction ends.
///
/// # Errors
/// `NotFound`.
pub async fn lock_receipt(connection: &mut Connection, id: StockReceiptId) -> Result<ReceiptDetail> {
    let row = sqlx::query!(
        r#"select r.model_id, m.maker || ' ' || m.name as "model!", r.place_id, p.name as place, r.note, r.rest,
                  (select count(*) from equipment e where e.receipt_id = r.id) as "received!", r.opened_at,
                  (select u.name from users u where u.id = r.opened_by) as opened_by
           from stock_receipts r
           join equipment_models m on m.id = r.model_id
           join stock_places p on p.id = r.place_id
           where r.id = $1 for update of r"#,
        id.0
    );
    let row = row.fetch_one(connection).await?;
    Ok(ReceiptDetail {
        id,
        model: Choice { id: EquipmentModelId(row.model_id), name: row.model },
        place: Choice { id: StockPlaceId(row.place_id), name: row.place },
        note: row.note,
        rest: row.rest,
        lines: Vec::new(),
        received: row.received,
        opened_at: row.opened_at,
        opened_by: row.opened_by,
    })
}

/// What is left to receive; nothing when it is blank.
pub async fn save_rest(connection: &mut Connection, id: StockReceiptId, rest: &str) -> Result<()> {
    sqlx::query!("update stock_receipts set rest = $2 where id = $1", id.0, rest).execute(connection).await?;
    Ok(())
}

/// The newest; those with something left before the others.
pub async fn receipt_rows(connection: &mut Connection) -> Result<Vec<ReceiptRow>> {
    let rows = sqlx::query!(
        r#"select r.id, m.maker || ' ' || m.name as "model!", p.name as place, r.note, r.rest <> '' as "is_open!",
                  (select count(*) from equipment e where e.receipt_id = r.id) as "received!", r.opened_at,
                  u.name as "opened_by?"
           from stock_receipts r
           join equipment_models m on m.id = r.model_id
           join stock_places p on p.id = r.place_id
           left join users u on u.id = r.opened_by
           order by r.rest <> '' desc, r.id desc limit 20"#
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows
        .map(|row| ReceiptRow {
            id: StockReceiptId(row.id),
            model: row.model,
            place: row.place,
            note: row.note,
            received: row.received,
            is_open: row.is_open,
            opened_at: row.opened_at,
            opened_by: row.opened_by,
        })
        .collect())
}

/// How many ONUs services were set up with that the stock does not know.
pub async fn count_unregistered(connection: &mut Connection) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from services s join contracts c on c.id = s.contract_id
           where s.onu_serial is not null and s.released_at is null and c.state <> 'closed'
             and not exists (select from equipment e where e.serial = s.onu_serial)"#
    );
    Ok(count.fetch_one(connection).await?)
}

/// ONUs that services were set up with and that the stock does not know: those that must come back before the others.
pub async fn unregistered(connection: &mut Connection, most: i64) -> Result<Vec<(ServiceId, String)>> {
    let rows = sqlx::query!(
        r#"select s.id, s.onu_serial as "serial!" from services s join contracts c on c.id = s.contract_id
           where s.onu_serial is not null and s.released_at is null and c.state <> 'closed'
             and not exists (select from equipment e where e.serial = s.onu_serial)
           order by c.service_state = 'removal_list' desc, c.code limit $1"#,
        most
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| (ServiceId(row.id), row.serial)).collect())
}

/// Serials and MACs that pieces have.
#[derive(Clone, Debug, Default)]
pub struct Known {
    pub serials: HashMap<String, EquipmentId>,
    pub macs: HashMap<String, EquipmentId>,
}

/// Which of these are in stock, wherever they are now.
pub async fn known(connection: &mut Connection, serials: &[String], macs: &[String]) -> Result<Known> {
    let rows =
        sqlx::query!("select id, serial, mac from equipment where serial = any($1) or mac = any($2)", serials, macs);
    let mut known = Known::default();
    for row in rows.fetch_all(connection).await? {
        known.serials.insert(row.serial, EquipmentId(row.id));
        known.macs.extend(row.mac.map(|mac| (mac, EquipmentId(row.id))));
    }
    Ok(known)
}

/// The services that were set up with these serials before they were in stock.
pub async fn serves_by_serial(
    connection: &mut Connection,
    serials: &[String],
) -> Result<HashMap<String, (ServiceId, Choice<ContractId>)>> {
    let rows = sqlx::query!(
        r#"select s.onu_serial as "serial!", s.id, c.id as contract_id, c.code
           from services s join contracts c on c.id = s.contract_id
           where s.onu_serial = any($1) and s.released_at is null"#,
        serials
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows
        .map(|row| (row.serial, (ServiceId(row.id), Choice { id: ContractId(row.contract_id), name: row.code })))
        .collect())
}
