//! Pools as the office sees them.

use domain::ids::{AddressPoolId, RouterId, SectorId};
use domain::ip::Network;
use domain::views::list::{Choice, Direction, Page};
use domain::views::pools::{DynamicPart, PoolFilter, PoolRow};

use crate::search::pattern;
use crate::{Connection, Result};

struct Row {
    id: i64,
    name: String,
    router_id: i64,
    router: String,
    sector_id: Option<i64>,
    sector: Option<String>,
    network: String,
    dynamic_from: Option<String>,
    dynamic_to: Option<String>,
    dynamic_name: Option<String>,
    given: i64,
    reserved: i64,
}

impl Row {
    fn view(self) -> Result<PoolRow> {
        let network: Network = self.network.parse()?;
        let dynamic = match (self.dynamic_from, self.dynamic_to, self.dynamic_name) {
            (Some(from), Some(to), Some(name)) => Some(DynamicPart { from: from.parse()?, to: to.parse()?, name }),
            _ => None,
        };
        let handed_out = dynamic.as_ref().map_or(0, DynamicPart::size);
        Ok(PoolRow {
            id: AddressPoolId(self.id),
            name: self.name,
            router: Choice { id: RouterId(self.router_id), name: self.router },
            sector: self.sector_id.zip(self.sector).map(|(id, name)| Choice { id: SectorId(id), name }),
            network,
            dynamic,
            given: self.given,
            reserved: self.reserved,
            free: i64::from(network.size()) - handed_out - self.given - self.reserved,
        })
    }
}

pub async fn get(connection: &mut Connection, id: AddressPoolId) -> Result<PoolRow> {
    let row = sqlx::query_as!(
        Row,
        r#"select p.id, p.name, p.router_id, r.name as router, p.sector_id, s.name as "sector?",
                  p.network::text as "network!", host(p.dynamic_from) as dynamic_from, host(p.dynamic_to) as dynamic_to,
                  p.dynamic_name,
                  (select count(*) from services v
                   where v.router_id = p.router_id and v.ip << p.network and v.released_at is null) as "given!",
                  (select count(*) from address_reservations a where a.pool_id = p.id
                     and (p.dynamic_from is null or a.address not between p.dynamic_from and p.dynamic_to)) as "reserved!"
           from address_pools p join routers r on r.id = p.router_id left join sectors s on s.id = p.sector_id
           where p.id = $1"#,
        id.0
    );
    row.fetch_one(connection).await?.view()
}

/// A provider has some hundreds at most: they are counted and sorted as they are.
pub async fn list(connection: &mut Connection, filter: &PoolFilter) -> Result<Page<PoolRow>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select p.id, p.name, p.router_id, r.name as router, p.sector_id, s.name as "sector?",
                  p.network::text as "network!", host(p.dynamic_from) as dynamic_from, host(p.dynamic_to) as dynamic_to,
                  p.dynamic_name,
                  (select count(*) from services v
                   where v.router_id = p.router_id and v.ip << p.network and v.released_at is null) as "given!",
                  (select count(*) from address_reservations a where a.pool_id = p.id
                     and (p.dynamic_from is null or a.address not between p.dynamic_from and p.dynamic_to)) as "reserved!"
           from address_pools p join routers r on r.id = p.router_id left join sectors s on s.id = p.sector_id
           where ($1::text is null or plain(p.name || ' ' || p.network::text) like plain($1))
             and ($2::bigint is null or p.router_id = $2) and ($3::bigint is null or p.sector_id = $3)
           order by lower(p.name), p.id"#,
        filter.search.as_deref().and_then(pattern),
        filter.router.map(|router| router.0),
        filter.sector.map(|sector| sector.0),
    )
    .fetch_all(connection)
    .await?;
    let mut rows = rows.into_iter().map(Row::view).collect::<Result<Vec<_>>>()?;
    if filter.sort == domain::views::pools::PoolSort::Free {
        rows.sort_by_key(|pool| pool.free);
    }
    if filter.direction == Direction::Down {
        rows.reverse();
    }
    let total = i64::try_from(rows.len())?;
    let skipped = usize::try_from(filter.page.offset())?;
    let rows = rows.into_iter().skip(skipped).take(usize::try_from(filter.page.rows())?).collect();
    Ok(Page { rows, total, number: filter.page.0.max(1) })
}
