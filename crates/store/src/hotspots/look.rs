//! What a look at a hotspot needs to know, and what it found.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::contact::Mac;
use domain::hotspot::{AccountWanted, HotspotWanted, Owner, ProfileWanted, SessionRead};
use domain::ids::{HotspotId, HotspotProfileId, HotspotUserId, RouterId, VoucherId};
use domain::network::Because;
use domain::plan::Speed;

use super::parts::mac;
use crate::{Connection, Error, Result};

/// Everything that decides what a router should hold of a hotspot, but for opened passwords and the portal's address.
#[derive(Clone, Debug)]
pub struct LookFacts {
    pub id: HotspotId,
    pub router: RouterId,
    pub enabled: bool,
    pub look_seconds: u32,
    /// Set when the login page is to be fetched.
    pub page: Option<String>,
    /// With its vouchers; without its users, garden and bindings.
    pub wanted: HotspotWanted,
    pub users: Vec<StoredUser>,
    /// The next moment at which one of its vouchers is over.
    pub next_end: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug)]
pub struct StoredUser {
    pub id: HotspotUserId,
    pub name: String,
    pub profile: HotspotProfileId,
    pub sealed_password: Vec<u8>,
}

/// `None` when the hotspot is gone. `since`: who ended before is long gone from the router.
pub async fn facts(
    connection: &mut Connection,
    id: HotspotId,
    today: NaiveDate,
    since: DateTime<Utc>,
) -> Result<Option<LookFacts>> {
    let record = match super::record(connection, id).await {
        Ok(record) => record,
        Err(Error::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let facts = record.facts;
    let mut wanted = HotspotWanted { server: facts.server, ..HotspotWanted::default() };
    let mut users = Vec::new();
    if facts.enabled {
        wanted.accounts = vouchers(connection, id).await?;
        users = stored_users(connection, id, today).await?;
        let used: Vec<i64> = wanted
            .accounts
            .iter()
            .map(|account| account.profile.0)
            .chain(users.iter().map(|user| user.profile.0))
            .collect();
        wanted.profiles = profiles(connection, &used).await?;
    }
    wanted.over = over(connection, id, since).await?.into_iter().collect();
    wanted.ending = ending(connection, id).await?.into_iter().collect();
    let next_end =
        sqlx::query_scalar!("select min(expires_at) from vouchers where hotspot_id = $1 and ended_at is null", id.0);
    Ok(Some(LookFacts {
        id,
        router: facts.router,
        enabled: facts.enabled,
        look_seconds: facts.look_seconds,
        page: record.page_wanted.filter(|_| record.page_installed.is_none()),
        wanted,
        users,
        next_end: next_end.fetch_one(connection).await?,
    }))
}

/// Those that can be used here: nobody used them yet, or somebody here.
async fn vouchers(connection: &mut Connection, id: HotspotId) -> Result<Vec<AccountWanted>> {
    let rows = sqlx::query!(
        "select v.id, v.code, v.mac, v.first_used_at, v.seconds_before, v.bytes_before, b.profile_id, b.limit_minutes,
                b.limit_megabytes, p.locks_to_device
         from voucher_batch_hotspots h
         join voucher_batches b on b.id = h.batch_id
         join hotspot_profiles p on p.id = b.profile_id
         join vouchers v on v.batch_id = b.id
         where h.hotspot_id = $1 and v.ended_at is null and (v.hotspot_id is null or v.hotspot_id = $1)
         order by v.id",
        id.0
    );
    let accounts = rows.fetch_all(connection).await?.into_iter().map(|row| {
        // By the router's own count, which may have begun anew; never nothing, which would be no limit.
        let left = |limit: Option<i64>, before: i64| {
            limit.map(|limit| u64::try_from(limit - before).unwrap_or_default().max(1))
        };
        let device = row.mac.filter(|_| row.locks_to_device).map(|text| mac(&text)).transpose()?;
        Ok(AccountWanted {
            owner: Owner::Voucher(VoucherId(row.id)),
            name: row.code,
            password: String::new(),
            secret_version: None,
            profile: HotspotProfileId(row.profile_id),
            limit_seconds: left(row.limit_minutes.map(|minutes| i64::from(minutes) * 60), row.seconds_before),
            limit_bytes: left(row.limit_megabytes.map(|size| i64::from(size) * 1024 * 1024), row.bytes_before),
            mac: device,
        })
    });
    accounts.collect()
}

async fn stored_users(connection: &mut Connection, id: HotspotId, today: NaiveDate) -> Result<Vec<StoredUser>> {
    let rows = sqlx::query!(
        "select id, name, profile_id, password_encrypted from hotspot_users
         where hotspot_id = $1 and not disabled and (valid_until is null or valid_until >= $2) order by id",
        id.0,
        today
    );
    let users = rows.fetch_all(connection).await?.into_iter().map(|row| StoredUser {
        id: HotspotUserId(row.id),
        name: row.name,
        profile: HotspotProfileId(row.profile_id),
        sealed_password: row.password_encrypted,
    });
    Ok(users.collect())
}

async fn profiles(connection: &mut Connection, ids: &[i64]) -> Result<Vec<ProfileWanted>> {
    let rows = sqlx::query!(
        "select id, down_kbps, up_kbps, shared_users, session_minutes from hotspot_profiles where id = any($1)
         order by id",
        ids
    );
    let whole = |number: i32| u32::try_from(number).map_err(|error| Error::Unknown(error.to_string()));
    let profiles = rows.fetch_all(connection).await?.into_iter().map(|row| {
        Ok(ProfileWanted {
            profile: HotspotProfileId(row.id),
            speed: Speed { down_kbps: whole(row.down_kbps)?, up_kbps: whole(row.up_kbps)? },
            shared_users: whole(row.shared_users)?,
            session_minutes: row.session_minutes.map(whole).transpose()?,
        })
    });
    profiles.collect()
}

/// Codes that are over, or were used elsewhere first.
async fn over(connection: &mut Connection, id: HotspotId, since: DateTime<Utc>) -> Result<Vec<String>> {
    let codes = sqlx::query_scalar!(
        "select v.code from vouchers v join voucher_batch_hotspots h on h.batch_id = v.batch_id
         where h.hotspot_id = $1 and (v.ended_at >= $2 or (v.ended_at is null and v.hotspot_id <> $1))",
        id.0,
        since
    );
    Ok(codes.fetch_all(connection).await?)
}

async fn ending(connection: &mut Connection, id: HotspotId) -> Result<Vec<(String, Option<Mac>)>> {
    let rows = sqlx::query!("select user_name, mac from hotspot_sessions where hotspot_id = $1 and end_wanted", id.0);
    Ok(rows.fetch_all(connection).await?.into_iter().map(|row| (row.user_name, row.mac.parse().ok())).collect())
}

/// Somebody wants the session to end.
///
/// # Errors
/// `NotFound` when it is not among those that were read last.
pub async fn want_end(connection: &mut Connection, id: HotspotId, router_row: &str) -> Result<String> {
    let user = sqlx::query_scalar!(
        "update hotspot_sessions set end_wanted = true where hotspot_id = $1 and router_row = $2 returning user_name",
        id.0,
        router_row
    );
    Ok(user.fetch_one(connection).await?)
}

/// What was read takes the place of what was read before. `ended`: the sessions that this look was told to end. Of another
/// it was said during the look that it is to end, and the next one is told so.
pub async fn save_sessions(
    connection: &mut Connection,
    id: HotspotId,
    sessions: &[(SessionRead, Option<Owner>)],
    ended: &BTreeSet<(String, Option<Mac>)>,
    at: DateTime<Utc>,
) -> Result<()> {
    let before = sqlx::query!(
        "delete from hotspot_sessions where hotspot_id = $1 returning router_row, user_name, mac, end_wanted",
        id.0
    );
    let to_end: HashSet<(String, String)> = before
        .fetch_all(&mut *connection)
        .await?
        .into_iter()
        .filter(|row| row.end_wanted && !ended.contains(&(row.user_name.clone(), row.mac.parse::<Mac>().ok())))
        .map(|row| (row.router_row, row.user_name))
        .collect();
    for (session, owner) in sessions {
        let (voucher, user) = match owner {
            Some(Owner::Voucher(voucher)) => (Some(voucher.0), None),
            Some(Owner::User(user)) => (None, Some(user.0)),
            _ => (None, None),
        };
        let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        sqlx::query!(
            "insert into hotspot_sessions (hotspot_id, router_row, user_name, mac, address, voucher_id, user_id, seconds,
                                           bytes_down, bytes_up, read_at, end_wanted)
             values ($1, $2, $3, $4, $5, (select id from vouchers where id = $6),
                     (select id from hotspot_users where id = $7), $8, $9, $10, $11, $12)",
            id.0,
            session.row,
            session.user,
            session.mac.as_ref().map(|mac| mac.as_str()).unwrap_or_default(),
            session.address,
            voucher,
            user,
            count(session.seconds),
            count(session.bytes_down),
            count(session.bytes_up),
            at,
            to_end.contains(&(session.row.clone(), session.user.clone()))
        )
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// When it was looked at and what stood in the way; which login page it was read to have.
pub async fn save_reading(
    connection: &mut Connection,
    id: HotspotId,
    at: DateTime<Utc>,
    problem: Option<&Because>,
    html_directory: Option<&str>,
    page_installed: Option<&str>,
) -> Result<()> {
    let problem = problem.map(serde_json::to_value).transpose().map_err(|error| Error::Unknown(error.to_string()))?;
    sqlx::query!(
        "update hotspots set looked_at = $2, problem = $3, html_directory = coalesce($4, html_directory),
                page_installed = case when page_wanted = $5 then $5 else page_installed end
         where id = $1",
        id.0,
        at,
        problem,
        html_directory,
        page_installed
    )
    .execute(connection)
    .await?;
    Ok(())
}
