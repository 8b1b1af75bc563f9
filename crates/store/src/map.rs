//! What lies in a part of the world, gathered by a grid in the database.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::geo::{Bounds, LAST_ZOOM, Window};
use domain::ids::SectorId;
use domain::position::Position;
use domain::views::map::{MapFilter, MapLayer, Mark, MarkState};

use crate::{Connection, Error, Result};

/// Marks nearer to each other than so many pixels are one.
const CELL: f64 = 48.0;

/// The moments that tell how long ago a device was read.
#[derive(Clone, Copy, Debug)]
pub struct Ages {
    pub today: NaiveDate,
    pub day_ago: DateTime<Utc>,
    pub week_ago: DateTime<Utc>,
}

/// What is in the window, the largest first. At the closest zoom nothing is gathered any more.
pub async fn marks(
    connection: &mut Connection,
    filter: &MapFilter,
    window: Window,
    ages: Ages,
    now: DateTime<Utc>,
) -> Result<Vec<Mark>> {
    let bounds = window.bounds();
    let rows = sqlx::query!(
        r#"with placed as (
               select 'customers' as layer, c.id, c.code || ' · ' || u.name as name, a.latitude, a.longitude, a.sector_id,
                      case $6::text
                          when 'overdue' then
                              case when c.service_state <> 'active' then 'without'
                                   when exists (select from open_items o where o.contract_id = c.id and o.due_on < $7)
                                   then 'overdue' else 'paid_up' end
                          when 'technical' then coalesce(v.technical_state, 'unprovisioned')
                          else case when v.read_at is null then 'never' when v.read_at >= $8 then 'today'
                                    when v.read_at >= $9 then 'week' else 'older' end
                      end as state
               from addresses a join contracts c on c.address_id = a.id and c.state = 'active'
               join customers u on u.id = c.customer_id left join services v on v.contract_id = c.id
               where ($5::text is null or $5 = 'customers')
                 and a.latitude between $1 and $3 and a.longitude between $2 and $4
               union all
               select 'naps', n.id, n.name, n.latitude, n.longitude, n.sector_id,
                      case when count(p.id) = 0 then 'bare'
                           when count(p.service_id) + count(r.port_id) >= count(p.id) then 'full' else 'free' end
               from naps n left join nap_ports p on p.nap_id = n.id
               left join port_reservations r on r.port_id = p.id and r.expires_at > $10 and p.service_id is null
               where ($5::text is null or $5 = 'naps')
                 and n.latitude between $1 and $3 and n.longitude between $2 and $4
               group by n.id
               union all
               select 'routers', id, name, latitude, longitude, null,
                      case when failures > 0 then 'failing' when reached_at is null then 'unknown' else 'reached' end
               from routers
               where ($5::text is null or $5 = 'routers')
                 and latitude between $1 and $3 and longitude between $2 and $4
               union all
               select 'olts', id, name, latitude, longitude, null, 'unknown' from olts
               where ($5::text is null or $5 = 'olts')
                 and latitude between $1 and $3 and longitude between $2 and $4
               union all
               select 'sectors', s.id, s.name, m.latitude, m.longitude, s.id, 'sector'
               from sectors s join (select sector_id, avg(latitude) as latitude, avg(longitude) as longitude
                                    from addresses where latitude is not null group by sector_id) m on m.sector_id = s.id
               where ($5::text is null or $5 = 'sectors')
                 and m.latitude between $1 and $3 and m.longitude between $2 and $4),
           celled as (
               select *, floor((longitude::float8 + 180) / 360 * $13::float8)::bigint as x,
                      floor((0.5 - ln((1 + sin(r)) / (1 - sin(r))) / (4 * pi())) * $13::float8)::bigint as y
               from placed, lateral (select radians(least(greatest(latitude::float8, -85), 85)) as r) as latitude_in_radians
               where ($11::bigint is null or sector_id = $11) and ($12::text is null or state = $12))
           select layer as "layer!", x as "x!", y as "y!", case when $14 then id else 0 end as "apart!", state as "state!",
                  count(*) as "count!", avg(latitude) as "latitude!", avg(longitude) as "longitude!", min(id) as "id!",
                  (array_agg(name order by id))[1] as "name!"
           from celled group by layer, x, y, case when $14 then id else 0 end, state"#,
        bounds.south_west.latitude(),
        bounds.south_west.longitude(),
        bounds.north_east.latitude(),
        bounds.north_east.longitude(),
        filter.layer.map(|layer| layer.word()),
        filter.colour.word(),
        ages.today,
        ages.day_ago,
        ages.week_ago,
        now,
        filter.sector.map(|id| id.0),
        filter.state.map(|state| state.word()),
        cells(window.zoom),
        window.zoom >= LAST_ZOOM,
    );
    let mut marks: BTreeMap<_, Vec<Part>> = BTreeMap::new();
    for row in rows.fetch_all(connection).await? {
        let layer: MapLayer = row.layer.parse()?;
        let at = Position::new(row.latitude, row.longitude)?;
        let part = Part { state: row.state.parse()?, count: row.count, at, id: row.id, name: row.name };
        marks.entry((layer, row.x, row.y, row.apart)).or_default().push(part);
    }
    let mut marks: Vec<Mark> = marks.into_iter().filter_map(|((layer, ..), parts)| gathered(layer, parts)).collect();
    marks.sort_by_key(|mark| (std::cmp::Reverse(mark.count()), mark.layer, mark.id));
    Ok(marks)
}

/// How many cells of the grid there are around the world.
#[expect(clippy::float_arithmetic, reason = "positions are no money")]
fn cells(zoom: u8) -> f64 {
    256.0 * f64::from(1_u32 << zoom) / CELL
}

/// What a cell has of one state.
struct Part {
    state: MarkState,
    count: i64,
    at: Position,
    id: i64,
    name: String,
}

/// The parts of one cell, the worst first; the mark stands where most of it is.
fn gathered(layer: MapLayer, mut parts: Vec<Part>) -> Option<Mark> {
    parts.sort_by_key(|part| part.state);
    let states = parts.iter().map(|part| (part.state, part.count)).collect();
    let at = parts.iter().max_by_key(|part| part.count)?.at;
    let first = parts.into_iter().next()?;
    Some(Mark { layer, at, states, id: first.id, name: first.name })
}

/// Around everything that has a position; `None`: nothing has.
pub async fn extent(connection: &mut Connection, sector: Option<SectorId>) -> Result<Option<Bounds>> {
    let row = sqlx::query!(
        "with placed as (
             select a.latitude, a.longitude, a.sector_id from addresses a where a.latitude is not null
             union all select latitude, longitude, sector_id from naps
             union all select latitude, longitude, null from routers where latitude is not null
             union all select latitude, longitude, null from olts where latitude is not null)
         select min(latitude) as south, min(longitude) as west, max(latitude) as north, max(longitude) as east
         from placed where $1::bigint is null or sector_id = $1",
        sector.map(|id| id.0)
    )
    .fetch_one(connection)
    .await?;
    match (row.south, row.west, row.north, row.east) {
        (Some(south), Some(west), Some(north), Some(east)) => {
            Ok(Some(Bounds { south_west: Position::new(south, west)?, north_east: Position::new(north, east)? }))
        }
        (None, ..) => Ok(None),
        _ => Err(Error::Unknown("a latitude without a longitude".to_owned())),
    }
}

/// Active contracts whose address has no position.
pub async fn without_position(connection: &mut Connection) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from contracts c join addresses a on a.id = c.address_id
           where c.state = 'active' and a.latitude is null"#
    );
    Ok(count.fetch_one(connection).await?)
}
