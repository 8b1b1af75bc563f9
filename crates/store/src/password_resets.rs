//! Links that let a person choose a password. A link is known by the SHA-256 of its secret, and works once.

use chrono::{DateTime, Utc};
use domain::ids::UserId;

use crate::sessions::Digest;
use crate::{Connection, Result};

pub async fn add(
    connection: &mut Connection,
    digest: &Digest,
    user: UserId,
    at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into password_resets (token_hash, user_id, created_at, expires_at) values ($1, $2, $3, $4)",
        digest,
        user.0,
        at,
        expires_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Whose link it is, when it can still be used.
pub async fn find(connection: &mut Connection, digest: &Digest, now: DateTime<Utc>) -> Result<Option<UserId>> {
    let user = sqlx::query_scalar!(
        "select r.user_id from password_resets r join users u on u.id = r.user_id
         where r.token_hash = $1 and r.used_at is null and r.expires_at > $2 and u.disabled_at is null",
        digest,
        now,
    )
    .fetch_optional(connection)
    .await?;
    Ok(user.map(UserId))
}

/// Uses the link up, and the person's other links with it. False when somebody else was first.
pub async fn use_up(connection: &mut Connection, digest: &Digest, user: UserId, now: DateTime<Utc>) -> Result<bool> {
    let used = sqlx::query_scalar!(
        "update password_resets set used_at = $3 where user_id = $2 and used_at is null
         returning token_hash = $1 as \"this_one!\"",
        digest,
        user.0,
        now,
    )
    .fetch_all(connection)
    .await?;
    Ok(used.contains(&true))
}

/// Uses up all links of a person: a password that was changed makes them pointless.
pub async fn use_up_all(connection: &mut Connection, user: UserId, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!("update password_resets set used_at = $2 where user_id = $1 and used_at is null", user.0, now)
        .execute(connection)
        .await?;
    Ok(())
}
