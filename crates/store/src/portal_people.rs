//! Who may come into a customer's portal, and codes to come in with.

use chrono::{DateTime, Utc};
use domain::contact::{Email, Phone};
use domain::ids::{CustomerId, PortalCodeId, UserId};
use domain::portal::{PortalAccess, PortalRight};
use domain::views::portal_people::{OpenCode, Person};

use crate::users_list::state_of;
use crate::{Connection, Error, Result};

/// Everybody who may come in or could once, by name.
pub async fn people(connection: &mut Connection, customer: CustomerId) -> Result<Vec<Person>> {
    let rows = sqlx::query!(
        r#"select id, name, email, portal_right as "portal_right!", password_hash is not null as "accepted!", disabled_at,
                  (select max(seen_at) from sessions where user_id = users.id) as seen_at
           from users where customer_id = $1 order by disabled_at is not null, lower(name), id"#,
        customer.0
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        Ok(Person {
            id: UserId(row.id),
            name: row.name,
            email: row.email,
            right: row.portal_right.parse()?,
            state: state_of(row.accepted, row.disabled_at),
            seen_at: row.seen_at,
        })
    });
    rows.collect()
}

pub async fn set_right(connection: &mut Connection, user: UserId, right: PortalRight) -> Result<()> {
    let changed = sqlx::query!("update users set portal_right = $2 where id = $1", user.0, right.word());
    changed.execute(connection).await?;
    Ok(())
}

/// E-mail addresses and phone numbers that are known of a customer: their own, and those of whom to call there.
pub async fn on_record(connection: &mut Connection, customer: CustomerId) -> Result<(Vec<Email>, Vec<Phone>)> {
    let rows = sqlx::query!(
        r#"select email as "email?", phone as "phone?" from customers where id = $1
           union all select email, phone from customer_contacts where customer_id = $1"#,
        customer.0
    );
    let (mut emails, mut phones) = (Vec::new(), Vec::new());
    for row in rows.fetch_all(connection).await? {
        emails.extend(row.email.map(|email| email.parse::<Email>()).transpose()?);
        phones.extend(row.phone.map(|phone| phone.parse::<Phone>()).transpose()?);
    }
    Ok((emails, phones))
}

/// A code to hand out.
pub struct NewCode<'a> {
    pub mark: &'a [u8; 32],
    pub name: &'a str,
    pub access: PortalAccess,
    pub at: DateTime<Utc>,
    pub by: Option<UserId>,
    pub expires_at: DateTime<Utc>,
}

/// # Errors
/// `Taken` for a code that was handed out before.
pub async fn add_code(connection: &mut Connection, code: NewCode<'_>) -> Result<PortalCodeId> {
    let id = sqlx::query_scalar!(
        "insert into portal_codes (mark, customer_id, name, portal_right, created_at, created_by, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7) returning id",
        code.mark.as_slice(),
        code.access.customer.0,
        code.name,
        code.access.right.word(),
        code.at,
        code.by.map(|user| user.0),
        code.expires_at
    );
    Ok(PortalCodeId(id.fetch_one(connection).await?))
}

/// Those that a customer can still come in with at `now`, the newest first.
pub async fn open_codes(
    connection: &mut Connection,
    customer: CustomerId,
    now: DateTime<Utc>,
) -> Result<Vec<OpenCode>> {
    let rows = sqlx::query!(
        "select id, name, portal_right, created_at, expires_at from portal_codes
         where customer_id = $1 and used_at is null and withdrawn_at is null and expires_at > $2 order by id desc",
        customer.0,
        now
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        Ok(OpenCode {
            id: PortalCodeId(row.id),
            name: row.name,
            right: row.portal_right.parse()?,
            created_at: row.created_at,
            expires_at: row.expires_at,
        })
    });
    rows.collect()
}

/// An open code as whoever comes in with it finds it.
pub struct FoundCode {
    pub id: PortalCodeId,
    pub name: String,
    pub access: PortalAccess,
}

/// The open code of a mark, kept from being used by anybody else until the transaction ends.
pub async fn lock_code(connection: &mut Connection, mark: &[u8; 32], now: DateTime<Utc>) -> Result<Option<FoundCode>> {
    let row = sqlx::query!(
        "select id, name, customer_id, portal_right from portal_codes
         where mark = $1 and used_at is null and withdrawn_at is null and expires_at > $2 for update",
        mark.as_slice(),
        now
    );
    let Some(row) = row.fetch_optional(connection).await? else { return Ok(None) };
    let access = PortalAccess { customer: CustomerId(row.customer_id), right: row.portal_right.parse()? };
    Ok(Some(FoundCode { id: PortalCodeId(row.id), name: row.name, access }))
}

pub async fn use_code(connection: &mut Connection, code: PortalCodeId, by: UserId, at: DateTime<Utc>) -> Result<()> {
    let used = sqlx::query!("update portal_codes set used_at = $3, user_id = $2 where id = $1", code.0, by.0, at);
    used.execute(connection).await?;
    Ok(())
}

/// Withdraws a code that is still open, and answers whose portal it opened.
///
/// # Errors
/// `NotFound` for one that was used or withdrawn before.
pub async fn withdraw_code(connection: &mut Connection, code: PortalCodeId, at: DateTime<Utc>) -> Result<CustomerId> {
    let customer = sqlx::query_scalar!(
        "update portal_codes set withdrawn_at = $2 where id = $1 and used_at is null and withdrawn_at is null
         returning customer_id",
        code.0,
        at
    );
    customer.fetch_optional(connection).await?.map(CustomerId).ok_or(Error::NotFound)
}
