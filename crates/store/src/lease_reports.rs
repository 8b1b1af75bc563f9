//! Routers that tell which equipment got an address.

use chrono::{DateTime, Duration, Utc};
use domain::ids::{HotspotId, HotspotProfileId, RouterId};
use serde::Serialize;

use crate::{Connection, Result};

/// A router's token, sealed, and what is known of its script.
#[derive(Clone, Debug)]
pub struct Reporter {
    pub sealed_token: Vec<u8>,
    pub made_at: DateTime<Utc>,
    pub reported_at: Option<DateTime<Utc>>,
    pub read_at: Option<DateTime<Utc>>,
    pub installed_on: Vec<String>,
}

pub async fn get(connection: &mut Connection, router: RouterId) -> Result<Option<Reporter>> {
    Ok(sqlx::query_as!(
        Reporter,
        "select token_encrypted as sealed_token, made_at, reported_at, read_at, installed_on
         from lease_reporters where router_id = $1",
        router.0,
    )
    .fetch_optional(connection)
    .await?)
}

/// A new token. The one before is good no longer, nor is the script that holds it.
pub async fn save_token(
    connection: &mut Connection,
    router: RouterId,
    digest: &[u8; 32],
    sealed: &[u8],
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into lease_reporters (router_id, token_sha256, token_encrypted, made_at, minute)
         values ($1, $2, $3, $4, $4)
         on conflict (router_id) do update
            set token_sha256 = excluded.token_sha256, token_encrypted = excluded.token_encrypted,
                made_at = excluded.made_at, read_at = null, installed_on = '{}'",
        router.0,
        digest.as_slice(),
        sealed,
        at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// On which DHCP servers the script was read to be.
pub async fn save_read(
    connection: &mut Connection,
    router: RouterId,
    installed_on: &[String],
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update lease_reporters set read_at = $3, installed_on = $2 where router_id = $1",
        router.0,
        installed_on,
        at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Whose token it is, and how many reports came with it in this minute, this one among them.
pub async fn count(
    connection: &mut Connection,
    digest: &[u8; 32],
    now: DateTime<Utc>,
) -> Result<Option<(RouterId, i32)>> {
    let row = sqlx::query!(
        "update lease_reporters
         set reports = case when minute > $3 then reports + 1 else 1 end,
             minute = case when minute > $3 then minute else $2 end, reported_at = $2
         where token_sha256 = $1 returning router_id, reports",
        digest.as_slice(),
        now,
        now - Duration::minutes(1),
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| (RouterId(row.router_id), row.reports)))
}

/// How often somebody without a known token came from there in this minute.
pub async fn count_stranger(connection: &mut Connection, address: &str, now: DateTime<Utc>) -> Result<i32> {
    sqlx::query!("delete from lease_report_strangers where minute < $1", now - Duration::days(1))
        .execute(&mut *connection)
        .await?;
    Ok(sqlx::query_scalar!(
        "insert into lease_report_strangers as s (address, minute, tries) values ($1, $2, 1)
         on conflict (address) do update
            set tries = case when s.minute > $3 then s.tries + 1 else 1 end,
                minute = case when s.minute > $3 then s.minute else excluded.minute end
         returning tries",
        address,
        now,
        now - Duration::minutes(1),
    )
    .fetch_one(connection)
    .await?)
}

/// How often they came without a known token in this minute. Asking counts nothing.
pub async fn stranger_tries(connection: &mut Connection, address: &str, now: DateTime<Utc>) -> Result<i32> {
    let tries = sqlx::query_scalar!(
        "select tries from lease_report_strangers where address = $1 and minute > $2",
        address,
        now - Duration::minutes(1),
    );
    Ok(tries.fetch_optional(connection).await?.unwrap_or(0))
}

/// What is done by itself for unknown equipment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Settings {
    pub draft_contracts: bool,
    /// A captive user with this profile.
    pub hotspot_profile: Option<HotspotProfileId>,
}

pub async fn settings(connection: &mut Connection) -> Result<Settings> {
    let row = sqlx::query!("select draft_contracts, hotspot_profile_id from lease_report_settings");
    let row = row.fetch_one(connection).await?;
    let hotspot_profile = row.hotspot_profile_id.map(HotspotProfileId);
    Ok(Settings { draft_contracts: row.draft_contracts, hotspot_profile })
}

pub async fn save_settings(connection: &mut Connection, settings: Settings) -> Result<()> {
    sqlx::query!(
        "update lease_report_settings set draft_contracts = $1, hotspot_profile_id = $2",
        settings.draft_contracts,
        settings.hotspot_profile.map(|profile| profile.0),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The router's hotspot that has no such user yet.
pub async fn hotspot_without(connection: &mut Connection, router: RouterId, user: &str) -> Result<Option<HotspotId>> {
    let id = sqlx::query_scalar!(
        "select h.id from hotspots h where h.router_id = $1 and h.enabled
           and not exists (select from hotspot_users u where u.hotspot_id = h.id and u.name = $2)",
        router.0,
        user,
    );
    Ok(id.fetch_optional(connection).await?.map(HotspotId))
}
