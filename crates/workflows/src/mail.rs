//! Mails to users about their accounts, and to staff: messages whose words are the product's own.

pub mod texts;

use domain::contact::Email;
use domain::ids::MessageId;
use domain::message::Purpose;

use crate::{Context, Result, messages};

/// Subject and body in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailText {
    pub subject: String,
    pub body: String,
}

/// Writes a mail about somebody's account down and the job that sends it.
pub(crate) async fn send(
    context: &Context,
    transaction: &mut store::Transaction,
    to: &Email,
    text: &MailText,
) -> Result<MessageId> {
    messages::mail(context, transaction, Purpose::Account, to, &text.subject, &text.body).await
}
