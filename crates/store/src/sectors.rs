//! The areas that the network is divided into.

use domain::ids::SectorId;
use domain::views::list::{Choice, Direction, Page};
use domain::views::sectors::{SectorFilter, SectorRow};

use crate::search::words;
use crate::{Connection, Error, Result};

/// # Errors
/// `Taken` with `sectors_name_key`.
pub async fn add(connection: &mut Connection, name: &str) -> Result<SectorId> {
    let id = sqlx::query_scalar!("insert into sectors (name) values ($1) returning id", name);
    Ok(SectorId(id.fetch_one(connection).await?))
}

/// # Errors
/// `Taken` with `sectors_name_key`.
pub async fn rename(connection: &mut Connection, id: SectorId, name: &str) -> Result<()> {
    let renamed = sqlx::query!("update sectors set name = $2 where id = $1", id.0, name);
    if renamed.execute(connection).await?.rows_affected() == 1 { Ok(()) } else { Err(Error::NotFound) }
}

pub async fn get(connection: &mut Connection, id: SectorId) -> Result<SectorRow> {
    let row = sqlx::query!(
        r#"select s.id, s.name, (select count(*) from addresses a where a.sector_id = s.id) as "addresses!",
                  count(c.id) as "active!", count(c.id) filter (where c.service_state <> 'active') as "cut!"
           from sectors s
           left join addresses a on a.sector_id = s.id
           left join contracts c on c.address_id = a.id and c.state = 'active'
           where s.id = $1 group by s.id"#,
        id.0
    )
    .fetch_one(connection)
    .await?;
    Ok(SectorRow { id, name: row.name, addresses: row.addresses, active: row.active, cut: row.cut })
}

pub async fn list(connection: &mut Connection, filter: &SectorFilter) -> Result<Page<SectorRow>> {
    let words = words(filter.search.as_deref());
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!" from sectors s
           where ($1::text is null or plain(s.name) like plain($1))
             and ($2::text is null or plain(s.name) like all (string_to_array(plain($2), ' ')))"#,
        words.longest,
        words.all
    )
    .fetch_one(&mut *connection)
    .await?;
    let rows = sqlx::query!(
        r#"with counted as (
               select a.sector_id, count(distinct a.id) as addresses, count(c.id) as active,
                      count(c.id) filter (where c.service_state <> 'active') as cut
               from addresses a left join contracts c on c.address_id = a.id and c.state = 'active'
               group by a.sector_id)
           select s.id, s.name, coalesce(n.addresses, 0) as "addresses!", coalesce(n.active, 0) as "active!",
                  coalesce(n.cut, 0) as "cut!"
           from sectors s left join counted n on n.sector_id = s.id
           where ($1::text is null or plain(s.name) like plain($1))
             and ($2::text is null or plain(s.name) like all (string_to_array(plain($2), ' ')))
           order by case when $3 = 'contracts' and not $4 then n.active end nulls first,
                    case when $3 = 'contracts' and $4 then n.active end desc nulls last,
                    case when not $4 then s.name end, s.name desc, s.id
           limit $5 offset $6"#,
        words.longest,
        words.all,
        filter.sort.word(),
        filter.direction == Direction::Down,
        filter.page.rows(),
        filter.page.offset()
    )
    .fetch_all(connection)
    .await?;
    let rows = rows.into_iter().map(|row| SectorRow {
        id: SectorId(row.id),
        name: row.name,
        addresses: row.addresses,
        active: row.active,
        cut: row.cut,
    });
    Ok(Page { rows: rows.collect(), total, number: filter.page.0.max(1) })
}

/// All of them, to choose from.
pub async fn choices(connection: &mut Connection) -> Result<Vec<Choice<SectorId>>> {
    let rows = sqlx::query!("select id, name from sectors order by name");
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| Choice { id: SectorId(row.id), name: row.name }).collect())
}
