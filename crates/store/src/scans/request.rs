//! Asking for a scan. Its job says how far it is.

use chrono::{DateTime, Utc};
use domain::ids::{RouterId, ScanId, UserId};
use domain::network::ScanEffect;

use crate::{Connection, Result};

/// Who asked for what.
#[derive(Clone, Copy, Debug)]
pub struct Requested {
    pub router: RouterId,
    pub effect: ScanEffect,
    /// `None`: the clock.
    pub by: Option<UserId>,
    pub at: DateTime<Utc>,
}

pub async fn request(connection: &mut Connection, scan: Requested) -> Result<ScanId> {
    let id = sqlx::query_scalar!(
        "insert into scans (router_id, effect, requested_by, requested_at) values ($1, $2, $3, $4) returning id",
        scan.router.0,
        scan.effect.word(),
        scan.by.map(|id| id.0),
        scan.at,
    );
    Ok(ScanId(id.fetch_one(connection).await?))
}

/// The router's scan that waits still, if there is one. The router is locked, so that two do not ask at once.
pub async fn open_scan(connection: &mut Connection, router: RouterId) -> Result<Option<(ScanId, ScanEffect)>> {
    sqlx::query!("select id from routers where id = $1 for no key update", router.0)
        .fetch_one(&mut *connection)
        .await?;
    let row = sqlx::query!(
        "select s.id, s.effect from jobs j join scans s on s.id = j.subject_id
         where j.kind = 'scan' and j.router_id = $1 and j.state = 'waiting' order by s.id desc limit 1",
        router.0,
    );
    let row = row.fetch_optional(connection).await?;
    row.map(|row| Ok((ScanId(row.id), row.effect.parse()?))).transpose()
}

pub async fn effect(connection: &mut Connection, scan: ScanId) -> Result<ScanEffect> {
    let effect = sqlx::query_scalar!("select effect from scans where id = $1", scan.0);
    Ok(effect.fetch_one(connection).await?.parse()?)
}

/// All routers.
pub async fn routers(connection: &mut Connection) -> Result<Vec<RouterId>> {
    let ids = sqlx::query_scalar!("select id from routers order by id").fetch_all(connection).await?;
    Ok(ids.into_iter().map(RouterId).collect())
}
