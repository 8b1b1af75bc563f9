//! What the rate limits count: sign-ins and codes that failed (or are being tried) and reset requests.

use chrono::{DateTime, Utc};

use crate::{Connection, Result};

/// What was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    SignIn,
    Reset,
    /// A code of the second factor.
    Code,
    /// A code to come into the portal with.
    PortalCode,
}

impl What {
    fn word(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Reset => "reset",
            Self::Code => "code",
            Self::PortalCode => "portal_code",
        }
    }
}

/// Somebody at the network address `address` tried `what` for `email`.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    pub what: What,
    pub email: &'a str,
    pub address: &'a str,
}

/// Which attempts count together; `None` counts all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counted<'a> {
    pub email: Option<&'a str>,
    pub address: Option<&'a str>,
}

pub async fn add(connection: &mut Connection, attempt: Attempt<'_>, at: DateTime<Utc>) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        "insert into attempts (what, email, address, at) values ($1, $2, $3, $4) returning id",
        attempt.what.word(),
        attempt.email,
        attempt.address,
        at,
    )
    .fetch_one(connection)
    .await?)
}

/// When the `nth` latest attempt after `since` was, not counting `this_one`; none when there were fewer.
pub async fn nth_latest(
    connection: &mut Connection,
    what: What,
    counted: Counted<'_>,
    since: DateTime<Utc>,
    nth: i64,
    this_one: i64,
) -> Result<Option<DateTime<Utc>>> {
    Ok(sqlx::query_scalar!(
        "select at from attempts
         where what = $1 and ($2::text is null or email = $2) and ($3::text is null or address = $3)
           and at > $4 and id <> $5
         order by at desc offset $6 limit 1",
        what.word(),
        counted.email,
        counted.address,
        since,
        this_one,
        nth - 1,
    )
    .fetch_optional(connection)
    .await?)
}

/// Forgets one attempt: it was refused without being tried.
pub async fn forget(connection: &mut Connection, id: i64) -> Result<()> {
    sqlx::query!("delete from attempts where id = $1", id).execute(connection).await?;
    Ok(())
}

/// Forgets what was tried for `email` from `address`: the person knew the password after all.
pub async fn forget_all(connection: &mut Connection, attempt: Attempt<'_>) -> Result<()> {
    sqlx::query!(
        "delete from attempts where what = $1 and email = $2 and address = $3",
        attempt.what.word(),
        attempt.email,
        attempt.address,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets what is too old to be counted.
pub async fn forget_before(connection: &mut Connection, at: DateTime<Utc>) -> Result<()> {
    sqlx::query!("delete from attempts where at < $1", at).execute(connection).await?;
    Ok(())
}
