//! Messages to be sent and what became of them. Their texts are sealed by the caller: a message may carry a link that lets
//! its reader in.

use chrono::{DateTime, Utc};
use domain::contact::Email;
use domain::ids::{CustomerId, MessageId};
use domain::message::{Addressee, Channel, MessageState, Preference, Purpose};

use crate::{Connection, Error, Result};

pub struct Message {
    pub channel: Channel,
    pub purpose: Purpose,
    pub to: String,
    pub subject: String,
    pub sealed_body: Vec<u8>,
    pub state: MessageState,
    pub idempotency_key: String,
}

/// A message to write down.
#[derive(Clone, Debug)]
pub struct NewMessage<'a> {
    pub customer: Option<CustomerId>,
    pub channel: Channel,
    pub purpose: Purpose,
    pub to: &'a str,
    pub subject: &'a str,
    pub sealed_body: &'a [u8],
    pub not_before: Option<DateTime<Utc>>,
    pub at: DateTime<Utc>,
    pub idempotency_key: &'a str,
}

pub async fn add(connection: &mut Connection, message: &NewMessage<'_>) -> Result<MessageId> {
    let id = sqlx::query_scalar!(
        "insert into messages (customer_id, channel, purpose, to_address, subject, body, state, not_before, created_at,
                               idempotency_key)
         values ($1, $2, $3, $4, $5, $6, 'waiting', $7, $8, $9) returning id",
        message.customer.map(|id| id.0),
        message.channel.word(),
        message.purpose.word(),
        message.to,
        message.subject,
        message.sealed_body,
        message.not_before,
        message.at,
        message.idempotency_key
    );
    Ok(MessageId(id.fetch_one(connection).await?))
}

pub async fn find(connection: &mut Connection, id: MessageId) -> Result<Message> {
    let row = sqlx::query!(
        "select channel, purpose, to_address, subject, body, state, idempotency_key from messages where id = $1",
        id.0
    )
    .fetch_one(connection)
    .await?;
    Ok(Message {
        channel: row.channel.parse()?,
        purpose: row.purpose.parse()?,
        to: row.to_address,
        subject: row.subject,
        sealed_body: row.body,
        state: row.state.parse()?,
        idempotency_key: row.idempotency_key,
    })
}

/// Notes that a message left, and what was answered.
pub async fn mark_sent(connection: &mut Connection, id: MessageId, at: DateTime<Utc>, answer: &str) -> Result<()> {
    sqlx::query!("update messages set state = 'sent', sent_at = $2, answer = $3 where id = $1", id.0, at, answer)
        .execute(connection)
        .await?;
    Ok(())
}

/// Notes why a message did not leave; `state` is whether it may still.
pub async fn mark_unsent(connection: &mut Connection, id: MessageId, state: MessageState, answer: &str) -> Result<()> {
    sqlx::query!(
        "update messages set state = $2, answer = $3 where id = $1 and state <> 'sent'",
        id.0,
        state.word(),
        answer
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether something that a message reminds of is still owed, and what it brings was not voided; true for what reminds of
/// nothing and brings nothing.
pub async fn is_still_true(connection: &mut Connection, id: MessageId) -> Result<bool> {
    let row = sqlx::query_scalar!(
        r#"select (not exists (select from reminders where message_id = $1)
                or exists (select from reminders r join open_items o on o.invoice_id = r.invoice_id
                           where r.message_id = $1))
               and not exists (select from invoice_sendings s join invoices i on i.id = s.invoice_id
                               where s.message_id = $1 and i.state = 'void') as "still!""#,
        id.0
    );
    Ok(row.fetch_one(connection).await?)
}

/// Where a customer can be reached, and how they want to be.
pub async fn addressee(connection: &mut Connection, customer: CustomerId) -> Result<Addressee> {
    let row = sqlx::query!(
        r#"select k.name, k.email, k.phone, k.language, p.channel as "channel?", p.essential_only as "essential_only?"
           from customers k left join message_preferences p on p.customer_id = k.id where k.id = $1"#,
        customer.0
    );
    let row = row.fetch_one(connection).await?;
    let unknown = |what: &str| Error::Unknown(format!("the {what} of customer {customer}"));
    let email: Option<Email> = row.email.map(|email| email.parse()).transpose().map_err(|_| unknown("address"))?;
    let usual = Preference::default();
    Ok(Addressee {
        name: row.name,
        language: row.language.parse()?,
        email,
        phone: row.phone.map(|phone| phone.parse()).transpose().map_err(|_| unknown("telephone"))?,
        preference: Preference {
            channel: row.channel.map(|channel| channel.parse()).transpose()?.unwrap_or(usual.channel),
            essential_only: row.essential_only.unwrap_or(usual.essential_only),
        },
    })
}

pub async fn prefer(connection: &mut Connection, customer: CustomerId, preference: Preference) -> Result<()> {
    sqlx::query!(
        "insert into message_preferences (customer_id, channel, essential_only) values ($1, $2, $3)
         on conflict (customer_id) do update set channel = excluded.channel, essential_only = excluded.essential_only",
        customer.0,
        preference.channel.word(),
        preference.essential_only
    )
    .execute(connection)
    .await?;
    Ok(())
}
