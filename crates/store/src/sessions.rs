//! Sessions. A session is known by the SHA-256 of its cookie: reading this table lets nobody in.

use chrono::{DateTime, Utc};
use domain::ids::UserId;

use crate::users::{Account, Row};
use crate::{Connection, Result};

/// The SHA-256 of a secret that is kept elsewhere: in a cookie, or in a link.
pub type Digest = [u8; 32];

pub struct NewSession<'a> {
    pub digest: &'a Digest,
    pub user: UserId,
    pub at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// The network address that it is begun from.
    pub address: &'a str,
    pub user_agent: &'a str,
    /// It opens nothing before a code of the second factor.
    pub waits_for_code: bool,
}

/// A session that has not expired, of a user who is not disabled.
pub struct Live {
    pub account: Account,
    pub began_at: DateTime<Utc>,
    pub seen_at: DateTime<Utc>,
    pub waits_for_code: bool,
    /// Whether the user has a second factor, and whether the provider wants staff to have one.
    pub second_factor: bool,
    pub second_factor_required: bool,
}

/// A session as its owner sees it.
pub struct Listed {
    pub digest: Vec<u8>,
    pub began_at: DateTime<Utc>,
    pub seen_at: DateTime<Utc>,
    pub address: String,
    pub user_agent: String,
}

pub async fn add(connection: &mut Connection, session: NewSession<'_>) -> Result<()> {
    sqlx::query!(
        "insert into sessions (token_hash, user_id, created_at, seen_at, expires_at, address, user_agent, waits_for_code)
         values ($1, $2, $3, $3, $4, $5, $6, $7)",
        session.digest,
        session.user.0,
        session.at,
        session.expires_at,
        session.address,
        session.user_agent,
        session.waits_for_code,
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn find(connection: &mut Connection, digest: &Digest, now: DateTime<Utc>) -> Result<Option<Live>> {
    let row = sqlx::query!(
        r#"select u.id, u.email, u.name, u.role, u.customer_id, u.portal_right, u.password_hash, u.language,
                  u.disabled_at, u.disabled_by, s.created_at, s.seen_at, s.waits_for_code,
                  exists (select from second_factors f where f.user_id = u.id and f.confirmed_at is not null)
                      as "second_factor!",
                  coalesce((select second_factor_required from company), false) as "second_factor_required!"
           from sessions s join users u on u.id = s.user_id
           where s.token_hash = $1 and s.expires_at > $2 and u.disabled_at is null"#,
        digest,
        now,
    )
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let account = Row {
        id: row.id,
        email: row.email,
        name: row.name,
        role: row.role,
        customer_id: row.customer_id,
        portal_right: row.portal_right,
        password_hash: row.password_hash,
        language: row.language,
        disabled_at: row.disabled_at,
        disabled_by: row.disabled_by,
    };
    Ok(Some(Live {
        account: account.try_into()?,
        began_at: row.created_at,
        seen_at: row.seen_at,
        waits_for_code: row.waits_for_code,
        second_factor: row.second_factor,
        second_factor_required: row.second_factor_required,
    }))
}

pub async fn touch(
    connection: &mut Connection,
    digest: &Digest,
    seen_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update sessions set seen_at = $2, expires_at = $3 where token_hash = $1",
        digest,
        seen_at,
        expires_at
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The user's open sessions, the latest seen first.
pub async fn of_user(connection: &mut Connection, user: UserId, now: DateTime<Utc>) -> Result<Vec<Listed>> {
    Ok(sqlx::query_as!(
        Listed,
        "select token_hash as digest, created_at as began_at, seen_at, address, user_agent
         from sessions where user_id = $1 and expires_at > $2 and not waits_for_code order by seen_at desc, token_hash",
        user.0,
        now,
    )
    .fetch_all(connection)
    .await?)
}

/// Whether the user had such a session.
pub async fn end(connection: &mut Connection, user: UserId, digest: &Digest) -> Result<bool> {
    let ended = sqlx::query!("delete from sessions where user_id = $1 and token_hash = $2", user.0, digest)
        .execute(connection)
        .await?;
    Ok(ended.rows_affected() > 0)
}

/// Ends the user's sessions but `except`; how many there were.
pub async fn end_all(connection: &mut Connection, user: UserId, except: Option<&Digest>) -> Result<u64> {
    let ended = sqlx::query!(
        "delete from sessions where user_id = $1 and token_hash is distinct from $2",
        user.0,
        except.map(<[u8; 32]>::as_slice),
    )
    .execute(connection)
    .await?;
    Ok(ended.rows_affected())
}

/// Moves all sessions in time, as a demo's clock moves: nobody's ends because of it.
pub async fn shift(connection: &mut Connection, seconds: i64) -> Result<()> {
    sqlx::query!(
        "update sessions set created_at = created_at + $1::bigint * interval '1 second',
                seen_at = seen_at + $1::bigint * interval '1 second',
                expires_at = expires_at + $1::bigint * interval '1 second'",
        seconds,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Removes the user's sessions that have expired.
pub async fn forget_expired(connection: &mut Connection, user: UserId, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!("delete from sessions where user_id = $1 and expires_at <= $2", user.0, now)
        .execute(connection)
        .await?;
    Ok(())
}
