//! Mails: written down in the transaction that causes them, sent by a job.

mod deliver;
pub mod texts;

pub use deliver::deliver;

use domain::contact::Email;
use domain::ids::MailId;
use secrecy::SecretString;

use crate::{Context, Result, jobs};

/// Subject and body in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailText {
    pub subject: String,
    pub body: String,
}

/// Writes a mail down and the job that sends it.
pub(crate) async fn send(
    context: &Context,
    transaction: &mut store::Transaction,
    to: &Email,
    text: &MailText,
) -> Result<MailId> {
    let sealed = context.vault.seal(&SecretString::from(text.body.clone()))?;
    let mail = store::mails::add(transaction, to, &text.subject, &sealed, context.clock.now()).await?;
    jobs::enqueue_mail(context, transaction, mail).await?;
    Ok(mail)
}
