//! Sending a mail that was written down.

use domain::ids::MailId;
use secrecy::ExposeSecret;
use store::mails;

use crate::ports::{Mail, MailFailure, Mailer};
use crate::{Context, Error, Result};

/// Sends the mail unless it was sent already. The answer of the mailer is the inner result; no transaction is open
/// while it works. A worker that dies between sending and noting it down sends the mail twice: better than never.
pub async fn deliver(
    context: &Context,
    mailer: &dyn Mailer,
    id: MailId,
) -> Result<std::result::Result<(), MailFailure>> {
    let stored = mails::find(&mut *context.connection().await?, id).await?;
    if stored.sent_at.is_some() {
        return Ok(Ok(()));
    }
    let body = context.vault.open(&stored.sealed_body).map_err(Error::internal)?;
    let mail = Mail { to: stored.to, subject: stored.subject, body: body.expose_secret().to_owned() };
    if let Err(failure) = mailer.send(&mail).await {
        return Ok(Err(failure));
    }
    mails::mark_sent(&mut *context.connection().await?, id, context.clock.now()).await?;
    Ok(Ok(()))
}
