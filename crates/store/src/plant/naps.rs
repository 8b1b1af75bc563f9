//! Boxes on poles.

use chrono::{DateTime, Utc};
use domain::ids::{NapId, SectorId};
use domain::plant::Fill;
use domain::position::Position;
use domain::views::list::{Choice, Direction, Page};
use domain::views::plant::{NapFilter, NapRow};
use domain::views::plant_forms::NapFacts;
use rust_decimal::Decimal;

use crate::search::words;
use crate::{Connection, Error, Result};

/// # Errors
/// `Taken` with `naps_name_key`; `Refused` with `naps_sector_id_fkey`.
pub async fn add_nap(connection: &mut Connection, nap: &NapFacts) -> Result<NapId> {
    let id = sqlx::query_scalar!(
        "insert into naps (name, sector_id, latitude, longitude, capacity, fibre_metres)
         values ($1, $2, $3, $4, $5, $6) returning id",
        nap.name,
        nap.sector.map(|id| id.0),
        nap.position.latitude(),
        nap.position.longitude(),
        i32::try_from(nap.capacity)?,
        nap.fibre_metres.map(i32::try_from).transpose()?,
    );
    Ok(NapId(id.fetch_one(connection).await?))
}

/// # Errors
/// As [`add_nap`], and `Refused` with `nap_capacity` when it has more ports.
pub async fn edit_nap(connection: &mut Connection, id: NapId, nap: &NapFacts) -> Result<()> {
    let edited = sqlx::query!(
        "update naps set name = $2, sector_id = $3, latitude = $4, longitude = $5, capacity = $6, fibre_metres = $7
         where id = $1",
        id.0,
        nap.name,
        nap.sector.map(|id| id.0),
        nap.position.latitude(),
        nap.position.longitude(),
        i32::try_from(nap.capacity)?,
        nap.fibre_metres.map(i32::try_from).transpose()?,
    );
    if edited.execute(connection).await?.rows_affected() == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// # Errors
/// `Refused` with `splitters_nap_id_fkey` while there is a splitter in it.
pub async fn remove_nap(connection: &mut Connection, id: NapId) -> Result<()> {
    let removed = sqlx::query!("delete from naps where id = $1", id.0).execute(connection).await?;
    if removed.rows_affected() == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// As it was entered.
pub async fn nap_facts(connection: &mut Connection, id: NapId) -> Result<NapFacts> {
    let row = sqlx::query!(
        "select name, sector_id, latitude, longitude, capacity, fibre_metres from naps where id = $1",
        id.0
    )
    .fetch_one(connection)
    .await?;
    Ok(NapFacts {
        name: row.name,
        sector: row.sector_id.map(SectorId),
        position: Position::new(row.latitude, row.longitude)?,
        capacity: u32::try_from(row.capacity)?,
        fibre_metres: row.fibre_metres.map(u32::try_from).transpose()?,
    })
}

pub async fn nap_by_name(connection: &mut Connection, name: &str) -> Result<Option<NapId>> {
    let id = sqlx::query_scalar!("select id from naps where lower(name) = lower($1) order by id limit 1", name);
    Ok(id.fetch_optional(connection).await?.map(NapId))
}

pub(super) struct Row {
    pub id: i64,
    pub name: String,
    pub sector_id: Option<i64>,
    pub sector: Option<String>,
    pub latitude: Decimal,
    pub longitude: Decimal,
    pub capacity: i32,
    pub ports: i64,
    pub connected: i64,
    pub reserved: i64,
    pub total: i64,
}

impl Row {
    pub fn view(self) -> Result<NapRow> {
        Ok(NapRow {
            id: NapId(self.id),
            name: self.name,
            sector: self.sector_id.zip(self.sector).map(|(id, name)| Choice { id: SectorId(id), name }),
            position: Position::new(self.latitude, self.longitude)?,
            capacity: self.capacity,
            fill: Fill { ports: self.ports, connected: self.connected, reserved: self.reserved },
        })
    }
}

/// One box, with how full it is.
pub async fn nap(connection: &mut Connection, id: NapId, now: DateTime<Utc>) -> Result<NapRow> {
    let row = sqlx::query_as!(
        Row,
        r#"select n.id, n.name, n.sector_id, s.name as "sector?", n.latitude, n.longitude, n.capacity,
                  (select count(*) from nap_ports p where p.nap_id = n.id) as "ports!",
                  (select count(p.service_id) from nap_ports p where p.nap_id = n.id) as "connected!",
                  (select count(*) from nap_ports p join port_reservations r on r.port_id = p.id
                   where p.nap_id = n.id and p.service_id is null and r.expires_at > $2) as "reserved!",
                  1::bigint as "total!"
           from naps n left join sectors s on s.id = n.sector_id where n.id = $1"#,
        id.0,
        now,
    );
    row.fetch_one(connection).await?.view()
}

pub async fn naps(connection: &mut Connection, filter: &NapFilter, now: DateTime<Utc>) -> Result<Page<NapRow>> {
    let words = words(filter.search.as_deref());
    let rows = sqlx::query_as!(
        Row,
        r#"with filled as (
               select n.id, n.name, n.sector_id, s.name as sector, n.latitude, n.longitude, n.capacity,
                      count(p.id) as ports, count(p.service_id) as connected, count(r.port_id) as reserved
               from naps n left join sectors s on s.id = n.sector_id
               left join nap_ports p on p.nap_id = n.id
               left join port_reservations r on r.port_id = p.id and r.expires_at > $1 and p.service_id is null
               where ($2::text is null or n.search like plain($2))
                 and ($3::text is null or n.search like all (string_to_array(plain($3), ' ')))
                 and ($4::bigint is null or n.sector_id = $4)
               group by n.id, s.name)
           select id as "id!", name as "name!", sector_id, sector as "sector?", latitude as "latitude!",
                  longitude as "longitude!", capacity as "capacity!", ports as "ports!", connected as "connected!",
                  reserved as "reserved!", count(*) over () as "total!"
           from filled
           where $5::text is null
              or $5 = case when ports = 0 then 'bare' when connected + reserved >= ports then 'full' else 'free' end
           order by case when $6 = 'free' and not $7 then ports - connected - reserved end,
                    case when $6 = 'free' and $7 then ports - connected - reserved end desc,
                    case when $6 = 'name' and $7 then name end desc, name, id
           limit $8 offset $9"#,
        now,
        words.longest,
        words.all,
        filter.sector.map(|id| id.0),
        filter.fill.map(|level| level.word()),
        filter.sort.word(),
        filter.direction == Direction::Down,
        filter.page.rows(),
        filter.page.offset(),
    )
    .fetch_all(connection)
    .await?;
    let total = rows.first().map_or(0, |row| row.total);
    let rows = rows.into_iter().map(Row::view).collect::<Result<Vec<_>>>()?;
    Ok(Page { rows, total, number: filter.page.0.max(1) })
}
