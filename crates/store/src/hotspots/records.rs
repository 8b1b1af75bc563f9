//! Hotspots as somebody decided about them.

use domain::ids::{HotspotId, RouterId};
use domain::views::hotspots::HotspotFacts;

use crate::{Connection, Error, Result};

/// A hotspot, and the version of its login page.
#[derive(Clone, Debug)]
pub struct HotspotRecord {
    pub facts: HotspotFacts,
    pub page_wanted: Option<String>,
    pub page_installed: Option<String>,
}

/// # Errors
/// `Taken` with `hotspots_name_key` or `hotspots_router_id_key`; `Refused` with `hotspots_router_id_fkey`.
pub async fn add(connection: &mut Connection, facts: &HotspotFacts) -> Result<HotspotId> {
    let id = sqlx::query_scalar!(
        "insert into hotspots (name, router_id, server, dns_name, look_seconds, accent, enabled)
         values ($1, $2, $3, $4, $5, $6, $7) returning id",
        facts.name,
        facts.router.0,
        facts.server,
        facts.dns_name,
        look_seconds(facts),
        facts.accent,
        facts.enabled
    );
    Ok(HotspotId(id.fetch_one(connection).await?))
}

/// The router stays: another one is another hotspot.
///
/// # Errors
/// `Taken` with `hotspots_name_key`.
pub async fn edit(connection: &mut Connection, id: HotspotId, facts: &HotspotFacts) -> Result<()> {
    sqlx::query!(
        "update hotspots set name = $2, server = $3, dns_name = $4, look_seconds = $5, accent = $6, enabled = $7
         where id = $1",
        id.0,
        facts.name,
        facts.server,
        facts.dns_name,
        look_seconds(facts),
        facts.accent,
        facts.enabled
    )
    .execute(connection)
    .await?;
    Ok(())
}

fn look_seconds(facts: &HotspotFacts) -> i32 {
    i32::try_from(facts.look_seconds).unwrap_or(i32::MAX)
}

/// # Errors
/// `NotFound`.
pub async fn record(connection: &mut Connection, id: HotspotId) -> Result<HotspotRecord> {
    let row = sqlx::query!(
        "select name, router_id, server, dns_name, look_seconds, accent, enabled, page_wanted, page_installed
         from hotspots where id = $1",
        id.0
    );
    let row = row.fetch_one(connection).await?;
    let seconds = u32::try_from(row.look_seconds).map_err(|error| Error::Unknown(error.to_string()))?;
    let facts = HotspotFacts {
        name: row.name,
        router: RouterId(row.router_id),
        server: row.server,
        dns_name: row.dns_name,
        look_seconds: seconds,
        accent: row.accent,
        enabled: row.enabled,
    };
    Ok(HotspotRecord { facts, page_wanted: row.page_wanted, page_installed: row.page_installed })
}

/// The same, kept from being changed until the transaction ends.
///
/// # Errors
/// `NotFound`.
pub async fn lock(connection: &mut Connection, id: HotspotId) -> Result<HotspotRecord> {
    sqlx::query!("select id from hotspots where id = $1 for update", id.0).fetch_one(&mut *connection).await?;
    record(connection, id).await
}

/// Those that are in use.
pub async fn all(connection: &mut Connection) -> Result<Vec<HotspotId>> {
    let ids = sqlx::query_scalar!("select id from hotspots where enabled order by id");
    Ok(ids.fetch_all(connection).await?.into_iter().map(HotspotId).collect())
}

/// Those that should be looked at and are not: nobody waits for them at their router, and nobody is there.
pub async fn unwatched(connection: &mut Connection) -> Result<Vec<HotspotId>> {
    let ids = sqlx::query_scalar!(
        "select h.id from hotspots h join routers r on r.id = h.router_id
         where h.enabled and r.mode = 'live'
           and not exists (select from jobs j where j.kind = 'hotspot' and j.subject_id = h.id
                             and j.router_id = h.router_id and j.state in ('waiting', 'running'))
         order by h.id"
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(HotspotId).collect())
}

/// Its router is to fetch the login page, also when it has it already.
pub async fn want_page(connection: &mut Connection, id: HotspotId, version: &str) -> Result<()> {
    sqlx::query!("update hotspots set page_wanted = $2, page_installed = null where id = $1", id.0, version)
        .execute(connection)
        .await?;
    Ok(())
}
