//! Users: who can sign in, and as what. Their list is in `users_list`.

use chrono::{DateTime, Utc};
use domain::contact::{Email, Language};
use domain::ids::{CustomerId, UserId};
use domain::portal::{DisabledBy, PortalAccess};
use domain::role::Role;
use serde::Serialize;

use crate::{Connection, Error, Result};

/// What signing in needs to know of a user.
#[derive(Clone, Debug)]
pub struct Account {
    pub id: UserId,
    pub email: Email,
    pub name: String,
    pub role: Role,
    /// Whose portal it is, for the role `customer`, and what they may do there.
    pub customer: Option<PortalAccess>,
    /// An argon2id PHC string; none until the invitation is accepted.
    pub password_hash: Option<String>,
    pub language: Language,
    pub disabled: Option<Disabled>,
}

/// Since when somebody is kept out, and by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Disabled {
    pub at: DateTime<Utc>,
    pub by: DisabledBy,
}

pub struct NewAccount<'a> {
    pub email: &'a Email,
    pub name: &'a str,
    pub role: Role,
    pub customer: Option<PortalAccess>,
    pub language: Language,
    pub created_at: DateTime<Utc>,
}

/// A user as stored.
pub(crate) struct Row {
    pub id: i64,
    pub email: String,
    pub name: String,
    pub role: String,
    pub customer_id: Option<i64>,
    pub portal_right: Option<String>,
    pub password_hash: Option<String>,
    pub language: String,
    pub disabled_at: Option<DateTime<Utc>>,
    pub disabled_by: Option<String>,
}

impl TryFrom<Row> for Account {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: UserId(row.id),
            email: row.email.parse().map_err(|_| Error::Unknown(format!("the e-mail address of user {}", row.id)))?,
            name: row.name,
            role: row.role.parse()?,
            customer: access(row.customer_id, row.portal_right)?,
            password_hash: row.password_hash,
            language: row.language.parse()?,
            disabled: disabled(row.disabled_at, row.disabled_by)?,
        })
    }
}

/// Both are there or neither: the table says so.
fn access(customer: Option<i64>, right: Option<String>) -> Result<Option<PortalAccess>> {
    let Some((customer, right)) = customer.zip(right) else { return Ok(None) };
    Ok(Some(PortalAccess { customer: CustomerId(customer), right: right.parse()? }))
}

/// Both are there or neither, here too.
fn disabled(at: Option<DateTime<Utc>>, by: Option<String>) -> Result<Option<Disabled>> {
    let Some((at, by)) = at.zip(by) else { return Ok(None) };
    Ok(Some(Disabled { at, by: by.parse()? }))
}

pub async fn by_email(connection: &mut Connection, email: &Email) -> Result<Option<Account>> {
    sqlx::query_as!(
        Row,
        "select id, email, name, role, customer_id, portal_right, password_hash, language, disabled_at, disabled_by
         from users
         where email = $1",
        email.as_str(),
    )
    .fetch_optional(connection)
    .await?
    .map(Account::try_from)
    .transpose()
}

pub async fn find(connection: &mut Connection, id: UserId) -> Result<Account> {
    sqlx::query_as!(
        Row,
        "select id, email, name, role, customer_id, portal_right, password_hash, language, disabled_at, disabled_by
         from users
         where id = $1",
        id.0,
    )
    .fetch_one(connection)
    .await?
    .try_into()
}

/// Reads a user and keeps others from changing it until the transaction ends.
pub async fn lock(connection: &mut Connection, id: UserId) -> Result<Account> {
    sqlx::query_as!(
        Row,
        "select id, email, name, role, customer_id, portal_right, password_hash, language, disabled_at, disabled_by
         from users
         where id = $1 for update",
        id.0,
    )
    .fetch_one(connection)
    .await?
    .try_into()
}

/// The administrators who can sign in. Keeps others from changing them until the transaction ends, so that two of them
/// cannot put each other out at the same moment.
pub async fn lock_administrators(connection: &mut Connection) -> Result<Vec<UserId>> {
    let ids = sqlx::query_scalar!(
        "select id from users where role = 'admin' and disabled_at is null and password_hash is not null
         order by id for update",
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(UserId).collect())
}

/// `Taken` when somebody has the address already.
pub async fn add(connection: &mut Connection, user: NewAccount<'_>) -> Result<UserId> {
    let id = sqlx::query_scalar!(
        "insert into users (email, name, role, customer_id, portal_right, language, created_at)
         values ($1, $2, $3, $4, $5, $6, $7) returning id",
        user.email.as_str(),
        user.name,
        user.role.word(),
        user.customer.map(|access| access.customer.0),
        user.customer.map(|access| access.right.word()),
        user.language.word(),
        user.created_at,
    )
    .fetch_one(connection)
    .await?;
    Ok(UserId(id))
}

pub async fn set_password(connection: &mut Connection, id: UserId, hash: &str) -> Result<()> {
    sqlx::query!("update users set password_hash = $2 where id = $1", id.0, hash).execute(connection).await?;
    Ok(())
}

pub async fn set_role(connection: &mut Connection, id: UserId, role: Role) -> Result<()> {
    sqlx::query!("update users set role = $2 where id = $1", id.0, role.word()).execute(connection).await?;
    Ok(())
}

pub async fn set_language(connection: &mut Connection, id: UserId, language: Language) -> Result<()> {
    sqlx::query!("update users set language = $2 where id = $1", id.0, language.word()).execute(connection).await?;
    Ok(())
}

/// `None` lets the user in again.
pub async fn set_disabled(connection: &mut Connection, id: UserId, disabled: Option<Disabled>) -> Result<()> {
    sqlx::query!(
        "update users set disabled_at = $2, disabled_by = $3 where id = $1",
        id.0,
        disabled.map(|disabled| disabled.at),
        disabled.map(|disabled| disabled.by.word()),
    )
    .execute(connection)
    .await?;
    Ok(())
}
