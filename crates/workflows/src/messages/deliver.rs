//! Sending a message that was written down.

use domain::ids::MessageId;
use domain::message::{Channel, MessageState};
use secrecy::ExposeSecret;
use store::messages::{self, Message};

use crate::ports::{Attachment, Lists, Mail, Mailer, SendFailure, Text, Texter};
use crate::{Context, Error, Result, documents, scheduled_reports};

/// The ways out.
#[derive(Clone, Copy)]
pub struct Ways<'a> {
    pub mailer: &'a dyn Mailer,
    pub texter: &'a dyn Texter,
    /// Makes what some mails bring.
    pub lists: &'a dyn Lists,
}

/// Sends the message unless it was sent already, or has become wrong. The answer of who delivers it is the inner result; no
/// transaction is open meanwhile. A worker that dies between sending and noting it down sends a mail twice (better than
/// never); the webhook knows the second time by its key.
pub async fn deliver(context: &Context, ways: Ways<'_>, id: MessageId) -> Result<std::result::Result<(), SendFailure>> {
    let stored = messages::find(&mut *context.connection().await?, id).await?;
    if matches!(stored.state, MessageState::Sent | MessageState::Dropped | MessageState::Cancelled) {
        return Ok(Ok(()));
    }
    if !messages::is_still_true(&mut *context.connection().await?, id).await? {
        messages::mark_unsent(&mut *context.connection().await?, id, MessageState::Dropped, "").await?;
        return Ok(Ok(()));
    }
    let answer = send(context, ways, id, &stored).await?;
    let mut connection = context.connection().await?;
    match answer {
        Ok(answer) => {
            messages::mark_sent(&mut connection, id, context.clock.now(), &answer).await?;
            Ok(Ok(()))
        }
        Err(failure) => {
            messages::mark_unsent(&mut connection, id, MessageState::Waiting, failure.words()).await?;
            Ok(Err(failure))
        }
    }
}

/// Notes that nobody tries any more.
pub(crate) async fn given_up(transaction: &mut store::Transaction, id: MessageId, words: &str) -> Result<()> {
    Ok(messages::mark_unsent(transaction, id, MessageState::Failed, words).await?)
}

/// Notes that somebody wants it not to leave.
pub(crate) async fn cancelled(transaction: &mut store::Transaction, id: MessageId) -> Result<()> {
    Ok(messages::mark_unsent(transaction, id, MessageState::Cancelled, "").await?)
}

async fn send(
    context: &Context,
    ways: Ways<'_>,
    id: MessageId,
    stored: &Message,
) -> Result<std::result::Result<String, SendFailure>> {
    let text = context.vault.open(&stored.sealed_body).map_err(Error::internal)?;
    let text = text.expose_secret().to_owned();
    let unknown = |what| Error::internal(store::Error::Unknown(format!("the {what} of a message")));
    match stored.channel {
        Channel::Mail => {
            let to = stored.to.parse().map_err(|_| unknown("address"))?;
            let file = match file(context, ways, id).await? {
                Ok(file) => file,
                Err(failure) => return Ok(Err(failure)),
            };
            let mail = Mail { to, subject: stored.subject.clone(), body: text, file };
            Ok(ways.mailer.send(&mail).await.map(|()| String::new()))
        }
        channel => {
            let text = Text {
                idempotency_key: stored.idempotency_key.clone(),
                channel,
                purpose: stored.purpose,
                to: stored.to.parse().map_err(|_| unknown("telephone"))?,
                text,
                at: context.clock.now(),
            };
            Ok(ways.texter.send(&text).await)
        }
    }
}

/// What the mail brings: a report, a document, or nothing.
async fn file(
    context: &Context,
    ways: Ways<'_>,
    id: MessageId,
) -> Result<std::result::Result<Option<Attachment>, SendFailure>> {
    match scheduled_reports::attachment(context, ways.lists, id).await? {
        Ok(None) => Ok(Ok(documents::attachment(context, id).await?)),
        report => Ok(report),
    }
}
