//! Mails to be sent. Their bodies are sealed by the caller: a mail may carry a link that lets its reader in.

use chrono::{DateTime, Utc};
use domain::contact::Email;
use domain::ids::MailId;

use crate::{Connection, Error, Result};

pub struct Mail {
    pub to: Email,
    pub subject: String,
    pub sealed_body: Vec<u8>,
    pub sent_at: Option<DateTime<Utc>>,
}

pub async fn add(
    connection: &mut Connection,
    to: &Email,
    subject: &str,
    sealed_body: &[u8],
    at: DateTime<Utc>,
) -> Result<MailId> {
    let id = sqlx::query_scalar!(
        "insert into mails (to_address, subject, body, created_at) values ($1, $2, $3, $4) returning id",
        to.as_str(),
        subject,
        sealed_body,
        at,
    )
    .fetch_one(connection)
    .await?;
    Ok(MailId(id))
}

pub async fn find(connection: &mut Connection, id: MailId) -> Result<Mail> {
    let row = sqlx::query!("select to_address, subject, body, sent_at from mails where id = $1", id.0)
        .fetch_one(connection)
        .await?;
    let to = row.to_address.parse().map_err(|_| Error::Unknown(format!("the address of mail {id}")))?;
    Ok(Mail { to, subject: row.subject, sealed_body: row.body, sent_at: row.sent_at })
}

pub async fn mark_sent(connection: &mut Connection, id: MailId, at: DateTime<Utc>) -> Result<()> {
    sqlx::query!("update mails set sent_at = $2 where id = $1", id.0, at).execute(connection).await?;
    Ok(())
}
