//! Routers as the office sees them.

use chrono::{DateTime, Utc};
use domain::ids::{ContractId, RouterId};
use domain::network::RouterIdentity;
use domain::service::TechnicalState;
use domain::views::list::{Choice, Direction, Page};
use domain::views::routers::{
    Agreement, Disagreeing, RouterBase, RouterDetail, RouterFailing, RouterFilter, RouterHealth, RouterRow,
};

use crate::{Connection, Error, Result, search};

/// A provider has hundreds of routers at most: they are counted and sorted as they are.
pub async fn list(connection: &mut Connection, filter: &RouterFilter) -> Result<Page<RouterRow>> {
    let search = filter.search.as_deref().and_then(search::pattern);
    let rows = sqlx::query!(
        r#"with found as (
            select r.*, case when failures > 0 then 'failing' when reached_at is null then 'unknown' else 'reached' end
                        as health,
                   (select count(*) from services s where s.router_id = r.id and s.released_at is null) as services,
                   (select count(*) from jobs j where j.router_id = r.id and j.state = 'waiting') as waiting
            from routers r)
           select id, name, host, port, mode, health as "health!", board, version, reached_at, services as "services!",
                  waiting as "waiting!", count(*) over () as "total!"
           from found
           where ($1::text is null or name ilike $1 or host ilike $1 or board ilike $1 or version ilike $1)
             and ($2::text is null or mode = $2) and ($3::text is null or health = $3)
           order by
             case when not $5 then case $4 when 'services' then -services when 'waiting' then -waiting
                                           when 'reached' then -extract(epoch from reached_at) end end,
             case when $5 then case $4 when 'services' then -services when 'waiting' then -waiting
                                       when 'reached' then -extract(epoch from reached_at) end end desc,
             case when not $5 then lower(name) end, case when $5 then lower(name) end desc, id
           limit $6 offset $7"#,
        search,
        filter.mode.map(|mode| mode.word()),
        filter.health.map(|health| health.word()),
        filter.sort.word(),
        filter.direction == Direction::Down,
        filter.page.rows(),
        filter.page.offset(),
    )
    .fetch_all(connection)
    .await?;
    let total = rows.first().map_or(0, |row| row.total);
    let rows = rows
        .into_iter()
        .map(|row| {
            Ok(RouterRow {
                id: RouterId(row.id),
                name: row.name,
                host: row.host,
                port: u16::try_from(row.port).map_err(|error| Error::Unknown(error.to_string()))?,
                mode: row.mode.parse()?,
                health: row.health.parse()?,
                identity: identity(row.board, row.version),
                reached_at: row.reached_at,
                services: row.services,
                waiting: row.waiting,
            })
        })
        .collect::<Result<_>>()?;
    Ok(Page { rows, total, number: filter.page.0 })
}

/// All of them by name, for forms and filters.
pub async fn choices(connection: &mut Connection) -> Result<Vec<Choice<RouterId>>> {
    let rows = sqlx::query!("select id, name from routers order by lower(name), id").fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| Choice { id: RouterId(row.id), name: row.name }).collect())
}

pub async fn detail(connection: &mut Connection, id: RouterId) -> Result<RouterDetail> {
    let row = sqlx::query!(
        r#"select r.id, r.name, r.host, r.port, r.mode, r.board, r.version, r.reached_at, r.username,
                  encode(r.certificate_sha256, 'hex') as certificate, host(r.pppoe_local_address) as local_address,
                  r.pppoe_pool, r.dhcp_server, r.ipv6_pool, r.limit_by, r.failed_at, r.failure, r.failures, r.retry_at,
                  (select count(*) from services s where s.router_id = r.id and s.released_at is null) as "services!",
                  (select count(*) from jobs j where j.router_id = r.id and j.state = 'waiting') as "waiting!",
                  (select count(*) from jobs_unresolved u where u.router_id = r.id) as "given_up!",
                  (select count(*) from services_out_of_step s where s.router_id = r.id) as "out_of_step!"
           from routers r where r.id = $1"#,
        id.0,
    )
    .fetch_one(&mut *connection)
    .await?;
    let health = match (row.failures, row.reached_at) {
        (1.., _) => RouterHealth::Failing,
        (_, None) => RouterHealth::Unknown,
        (_, Some(_)) => RouterHealth::Reached,
    };
    Ok(RouterDetail {
        row: RouterRow {
            id,
            name: row.name,
            host: row.host,
            port: u16::try_from(row.port).map_err(|error| Error::Unknown(error.to_string()))?,
            mode: row.mode.parse()?,
            health,
            identity: identity(row.board, row.version),
            reached_at: row.reached_at,
            services: row.services,
            waiting: row.waiting,
        },
        username: row.username,
        certificate: row.certificate,
        pppoe_local_address: row.local_address,
        pppoe_pool: row.pppoe_pool,
        ipv6_pool: row.ipv6_pool,
        dhcp_server: row.dhcp_server,
        limit_by: row.limit_by.parse()?,
        base: RouterBase::default(),
        failing: failing(row.failed_at, row.failure, row.failures, row.retry_at)?,
        agreement: agreement(connection, id).await?,
        out_of_step: row.out_of_step,
        given_up: row.given_up,
    })
}

async fn agreement(connection: &mut Connection, id: RouterId) -> Result<Vec<Agreement>> {
    let rows = sqlx::query!(
        r#"select c.service_state, s.technical_state, count(*) as "services!", max(s.technical_since) as since,
                  case when bool_and(s.read_at is not null) then min(greatest(s.read_at, r.read_whole_at)) end as read_at
           from services s join contracts c on c.id = s.contract_id join routers r on r.id = s.router_id
           where s.router_id = $1 and s.released_at is null
           group by c.service_state, s.technical_state"#,
        id.0,
    )
    .fetch_all(connection)
    .await?;
    let mut agreement: Vec<Agreement> = Vec::new();
    for row in rows {
        let (wanted, read) = (TechnicalState::wanted(row.service_state.parse()?), row.technical_state.parse()?);
        match agreement.iter_mut().find(|one| (one.wanted, one.read) == (wanted, read)) {
            None => {
                let (services, since, read_at) = (row.services, row.since, row.read_at);
                agreement.push(Agreement { wanted, read, services, since, read_at });
            }
            Some(one) => {
                one.services += row.services;
                one.since = one.since.max(row.since);
                one.read_at = one.read_at.min(row.read_at);
            }
        }
    }
    agreement.sort_by_key(|one| -one.services);
    Ok(agreement)
}

/// At most so many services that are out of step, the longest first.
pub async fn disagreeing(connection: &mut Connection, id: RouterId, at_most: i64) -> Result<Vec<Disagreeing>> {
    let rows = sqlx::query!(
        r#"select c.id, c.code, cu.name, c.service_state, s.technical_state, c.service_since,
                  case when s.read_at is not null then greatest(s.read_at, r.read_whole_at) end as read_at
           from services_out_of_step o join services s on s.id = o.id join contracts c on c.id = o.contract_id
           join routers r on r.id = s.router_id
           join customers cu on cu.id = c.customer_id
           where o.router_id = $1 order by c.service_since nulls last, c.id limit $2"#,
        id.0,
        at_most,
    )
    .fetch_all(connection)
    .await?;
    let disagreeing = rows.into_iter().map(|row| {
        Ok(Disagreeing {
            contract: ContractId(row.id),
            contract_code: row.code,
            customer_name: row.name,
            wanted: TechnicalState::wanted(row.service_state.parse()?),
            read: row.technical_state.parse()?,
            wanted_since: row.service_since,
            read_at: row.read_at,
        })
    });
    disagreeing.collect()
}

fn identity(board: Option<String>, version: Option<String>) -> Option<RouterIdentity> {
    board.zip(version).map(|(board, version)| RouterIdentity { board, version })
}

fn failing(
    at: Option<DateTime<Utc>>,
    because: Option<serde_json::Value>,
    failures: i32,
    retry_at: Option<DateTime<Utc>>,
) -> Result<Option<RouterFailing>> {
    let Some((at, because)) = at.zip(because) else { return Ok(None) };
    let because = serde_json::from_value(because).map_err(|error| Error::Unknown(error.to_string()))?;
    Ok(Some(RouterFailing { at, because, failures, retry_at }))
}
