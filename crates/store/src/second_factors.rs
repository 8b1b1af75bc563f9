//! Second factors, the codes that stand in for them once, and whether the provider wants them.

use chrono::{DateTime, Utc};
use domain::ids::UserId;

use crate::sessions::Digest;
use crate::{Connection, Result};

/// A user's second factor as stored.
pub struct Stored {
    pub secret_encrypted: Vec<u8>,
    pub state: State,
}

/// Whether it is asked for.
pub enum State {
    /// Not yet: nobody has typed a code of it. The recovery codes that go with it, sealed.
    Proposed { recovery_encrypted: Vec<u8>, proposed_at: DateTime<Utc> },
    /// The last code that was taken was of this time step.
    Confirmed { last_step: i64 },
}

/// Reads a user's second factor and keeps others from changing it until the transaction ends.
pub async fn lock(connection: &mut Connection, user: UserId) -> Result<Option<Stored>> {
    let row = sqlx::query!(
        "select secret_encrypted, recovery_encrypted, proposed_at, last_step
         from second_factors where user_id = $1 for update",
        user.0,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.and_then(|row| {
        let state = match (row.recovery_encrypted, row.last_step) {
            (Some(recovery_encrypted), _) => State::Proposed { recovery_encrypted, proposed_at: row.proposed_at },
            (None, Some(last_step)) => State::Confirmed { last_step },
            (None, None) => return None,
        };
        Some(Stored { secret_encrypted: row.secret_encrypted, state })
    }))
}

/// Whether the user signs in with a code.
pub async fn is_on(connection: &mut Connection, user: UserId) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from second_factors where user_id = $1 and confirmed_at is not null) as "on!""#,
        user.0,
    )
    .fetch_one(connection)
    .await?)
}

/// Writes a secret down that waits for its first code; one that was proposed before is forgotten. False when the user has
/// a second factor already.
pub async fn propose(
    connection: &mut Connection,
    user: UserId,
    secret_encrypted: &[u8],
    recovery_encrypted: &[u8],
    at: DateTime<Utc>,
) -> Result<bool> {
    let written = sqlx::query!(
        "insert into second_factors (user_id, secret_encrypted, recovery_encrypted, proposed_at) values ($1, $2, $3, $4)
         on conflict (user_id) do update set secret_encrypted = excluded.secret_encrypted,
             recovery_encrypted = excluded.recovery_encrypted, proposed_at = excluded.proposed_at
         where second_factors.confirmed_at is null",
        user.0,
        secret_encrypted,
        recovery_encrypted,
        at,
    )
    .execute(connection)
    .await?;
    Ok(written.rows_affected() > 0)
}

/// From now on the user signs in with a code. `recovery_codes` are the digests of those that were shown.
pub async fn confirm(
    connection: &mut Connection,
    user: UserId,
    step: i64,
    recovery_codes: &[Digest],
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update second_factors set confirmed_at = $2, last_step = $3, recovery_encrypted = null where user_id = $1",
        user.0,
        at,
        step,
    )
    .execute(&mut *connection)
    .await?;
    let digests: Vec<Vec<u8>> = recovery_codes.iter().map(|digest| digest.to_vec()).collect();
    sqlx::query!(
        "insert into recovery_codes (user_id, code_hash) select $1, hash from unnest($2::bytea[]) as hash",
        user.0,
        &digests,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that a code of this time step was taken.
pub async fn take_step(connection: &mut Connection, user: UserId, step: i64) -> Result<()> {
    sqlx::query!("update second_factors set last_step = $2 where user_id = $1", user.0, step)
        .execute(connection)
        .await?;
    Ok(())
}

/// Uses a recovery code up. False when it is none of the user's, or was used.
pub async fn take_recovery_code(
    connection: &mut Connection,
    user: UserId,
    digest: &Digest,
    at: DateTime<Utc>,
) -> Result<bool> {
    let taken = sqlx::query!(
        "update recovery_codes set used_at = $3 where user_id = $1 and code_hash = $2 and used_at is null",
        user.0,
        digest,
        at,
    )
    .execute(connection)
    .await?;
    Ok(taken.rows_affected() > 0)
}

pub async fn recovery_codes_left(connection: &mut Connection, user: UserId) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from recovery_codes where user_id = $1 and used_at is null"#,
        user.0,
    )
    .fetch_one(connection)
    .await?)
}

/// Forgets the user's second factor and its recovery codes. False when there was none.
pub async fn remove(connection: &mut Connection, user: UserId) -> Result<bool> {
    let removed = sqlx::query!("delete from second_factors where user_id = $1", user.0).execute(connection).await?;
    Ok(removed.rows_affected() > 0)
}

/// Whether the provider wants all staff to have one.
pub async fn is_required(connection: &mut Connection) -> Result<bool> {
    let required = sqlx::query_scalar!("select second_factor_required from company").fetch_optional(connection);
    Ok(required.await?.unwrap_or_default())
}

/// Locks the setting until the transaction ends.
pub async fn lock_required(connection: &mut Connection) -> Result<bool> {
    Ok(sqlx::query_scalar!("select second_factor_required from company for update").fetch_one(connection).await?)
}

pub async fn set_required(connection: &mut Connection, required: bool) -> Result<()> {
    sqlx::query!("update company set second_factor_required = $1", required).execute(connection).await?;
    Ok(())
}

/// Staff who can sign in and have none.
pub async fn staff_without(connection: &mut Connection) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from users u
           where role <> 'customer' and disabled_at is null
             and not exists (select from second_factors f where f.user_id = u.id and f.confirmed_at is not null)"#,
    )
    .fetch_one(connection)
    .await?)
}
