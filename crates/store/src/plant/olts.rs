//! OLTs with their cards and PON ports.

use chrono::{DateTime, Utc};
use domain::ids::{OltCardId, OltId, PonPortId};
use domain::plant::Fill;
use domain::position::Position;
use domain::views::list::Choice;
use domain::views::plant::{OltRow, PonPlace, PonRow};
use domain::views::plant_forms::{CardFacts, OltFacts};

use crate::{Connection, Error, Result};

/// # Errors
/// `Taken` with `olts_name_key`.
pub async fn add_olt(connection: &mut Connection, olt: &OltFacts) -> Result<OltId> {
    let id = sqlx::query_scalar!(
        "insert into olts (name, model, latitude, longitude) values ($1, $2, $3, $4) returning id",
        olt.name,
        olt.model,
        olt.position.map(|position| position.latitude()),
        olt.position.map(|position| position.longitude()),
    );
    Ok(OltId(id.fetch_one(connection).await?))
}

/// # Errors
/// `Taken` with `olts_name_key`.
pub async fn edit_olt(connection: &mut Connection, id: OltId, olt: &OltFacts) -> Result<()> {
    let edited = sqlx::query!(
        "update olts set name = $2, model = $3, latitude = $4, longitude = $5 where id = $1",
        id.0,
        olt.name,
        olt.model,
        olt.position.map(|position| position.latitude()),
        olt.position.map(|position| position.longitude()),
    );
    if edited.execute(connection).await?.rows_affected() == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// A card with its PON ports, which are counted from nought.
///
/// # Errors
/// `Taken` with `olt_cards_slot`; `Refused` with `olt_cards_olt_id_fkey`.
pub async fn add_card(connection: &mut Connection, olt: OltId, card: CardFacts) -> Result<OltCardId> {
    let id = sqlx::query_scalar!(
        "with card as (insert into olt_cards (olt_id, slot) values ($1, $2) returning id),
              ports as (insert into pon_ports (card_id, number)
                        select card.id, n from card, generate_series(0, $3::integer - 1) as n)
         select id from card",
        olt.0,
        i32::try_from(card.slot)?,
        i32::try_from(card.ports)?,
    );
    Ok(OltCardId(id.fetch_one(connection).await?))
}

/// All of them by name, with every PON port and how full it is; `only` one.
pub async fn olts(connection: &mut Connection, only: Option<OltId>, now: DateTime<Utc>) -> Result<Vec<OltRow>> {
    let rows = sqlx::query!(
        "select id, name, model, latitude, longitude from olts where $1::bigint is null or id = $1 order by name",
        only.map(|id| id.0)
    );
    let mut olts = Vec::new();
    for row in rows.fetch_all(&mut *connection).await? {
        let position = match row.latitude.zip(row.longitude) {
            Some((latitude, longitude)) => Some(Position::new(latitude, longitude)?),
            None => None,
        };
        olts.push(OltRow { id: OltId(row.id), name: row.name, model: row.model, position, pons: Vec::new() });
    }
    for (olt, pon) in pons(connection, only, now).await? {
        if let Some(row) = olts.iter_mut().find(|row| row.id == olt) {
            row.pons.push(pon);
        }
    }
    Ok(olts)
}

async fn pons(connection: &mut Connection, only: Option<OltId>, now: DateTime<Utc>) -> Result<Vec<(OltId, PonRow)>> {
    let rows = sqlx::query!(
        r#"with used as (
               select p.pon_port_id, count(*) as ports, count(p.service_id) as connected, count(r.port_id) as reserved
               from nap_ports p
               left join port_reservations r on r.port_id = p.id and r.expires_at > $2 and p.service_id is null
               group by p.pon_port_id)
           select n.id, c.olt_id, n.card_id, c.slot, n.number,
                  (select count(*) from splitters s where s.pon_port_id = n.id) as "splitters!",
                  coalesce(u.ports, 0) as "ports!", coalesce(u.connected, 0) as "connected!",
                  coalesce(u.reserved, 0) as "reserved!"
           from pon_ports n join olt_cards c on c.id = n.card_id left join used u on u.pon_port_id = n.id
           where $1::bigint is null or c.olt_id = $1
           order by c.slot, n.number"#,
        only.map(|id| id.0),
        now,
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        let fill = Fill { ports: row.ports, connected: row.connected, reserved: row.reserved };
        let pon = PonRow {
            id: PonPortId(row.id),
            card: OltCardId(row.card_id),
            slot: row.slot,
            number: row.number,
            splitters: row.splitters,
            fill,
        };
        (OltId(row.olt_id), pon)
    });
    Ok(rows.collect())
}

/// Where a PON port is, and how full.
pub async fn pon(connection: &mut Connection, id: PonPortId, now: DateTime<Utc>) -> Result<(PonPlace, Fill)> {
    let row = sqlx::query!(
        "select o.id, o.name, c.slot, n.number
         from pon_ports n join olt_cards c on c.id = n.card_id join olts o on o.id = c.olt_id where n.id = $1",
        id.0
    )
    .fetch_one(&mut *connection)
    .await?;
    let olt = Choice { id: OltId(row.id), name: row.name };
    let found = pons(connection, Some(olt.id), now).await?.into_iter().find(|(_, pon)| pon.id == id);
    let (_, pon) = found.ok_or(Error::NotFound)?;
    Ok((PonPlace { id, olt, slot: row.slot, number: row.number }, pon.fill))
}
