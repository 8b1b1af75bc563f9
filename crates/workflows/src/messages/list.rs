//! What was sent, and what became of it.

use domain::ids::MessageId;
use domain::views::messages::{MessageDetail, MessageFilter, MessageList};
use secrecy::ExposeSecret;

use crate::permit::{Permit, SeeMessages};
use crate::{Context, Error, Result};

/// The newest first.
pub async fn list(context: &Context, _: &Permit<SeeMessages>, filter: &MessageFilter) -> Result<MessageList> {
    let page = store::messages_list::list(&mut *context.connection().await?, filter).await?;
    Ok(MessageList { page, ringing: context.ringing.clone() })
}

/// One message, with its text when it is to a customer: others carry links that let their readers in.
pub async fn show(context: &Context, _: &Permit<SeeMessages>, message: MessageId) -> Result<MessageDetail> {
    let mut connection = context.connection().await?;
    let (row, not_before, sealed, job) = store::messages_list::show(&mut connection, message).await?;
    let text = match row.customer {
        Some(_) => Some(context.vault.open(&sealed).map_err(Error::internal)?.expose_secret().to_owned()),
        None => None,
    };
    Ok(MessageDetail { row, not_before, text, job })
}
