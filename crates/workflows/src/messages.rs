//! Messages to customers: reminders and notices, by mail, WhatsApp or SMS, in their language and in the provider's words.
//! Written down in the transaction that causes them, sent by a job.

mod deliver;
mod list;
mod preferences;
mod settings;
mod templates;
mod unsubscribe;
mod words;

pub use deliver::{Ways, deliver};
pub(crate) use deliver::{cancelled, given_up};
pub use list::{list, show};
pub use preferences::{my_preference, prefer, prefer_mine, preference};
pub use settings::{save_quiet_hours, settings};
pub use templates::{restore_template, save_template, template};
pub use unsubscribe::{unsubscribe, who_unsubscribes};
pub(crate) use words::{day, moneys};

use chrono::{DateTime, Utc};
use domain::contact::{Email, Phone};
use domain::ids::{CustomerId, MessageId};
use domain::message::{Addressee, Channel, Purpose};
use secrecy::SecretString;
use store::messages::NewMessage;

use crate::record::fresh_key;
use crate::{Context, Result, jobs};

/// Something to tell a customer: what about, and the values of its template beside those that every one has.
pub(crate) struct Notice<'a> {
    pub purpose: Purpose,
    /// Where it leads to in the portal: `/portal/invoices`.
    pub path: &'a str,
    pub values: Vec<(&'static str, String)>,
}

/// Writes to a customer in the way that they chose, unless there is no way or they do not want it. Where telephones are to
/// be quiet now, it rings when that is over.
pub(crate) async fn tell_customer(
    context: &Context,
    transaction: &mut store::Transaction,
    customer: CustomerId,
    notice: &Notice<'_>,
) -> Result<Option<MessageId>> {
    let addressee = store::messages::addressee(transaction, customer).await?;
    let Some(channel) = addressee.way(notice.purpose, &context.ringing) else { return Ok(None) };
    write_by(context, transaction, customer, &addressee, channel, notice).await
}

/// Writes to a customer by mail, whatever way they chose: it brings a file. `None`: they have no address.
pub(crate) async fn mail_customer(
    context: &Context,
    transaction: &mut store::Transaction,
    customer: CustomerId,
    notice: &Notice<'_>,
) -> Result<Option<MessageId>> {
    let addressee = store::messages::addressee(transaction, customer).await?;
    write_by(context, transaction, customer, &addressee, Channel::Mail, notice).await
}

async fn write_by(
    context: &Context,
    transaction: &mut store::Transaction,
    customer: CustomerId,
    addressee: &Addressee,
    channel: Channel,
    notice: &Notice<'_>,
) -> Result<Option<MessageId>> {
    let Some(to) = address(addressee, channel) else { return Ok(None) };
    let company = store::company::get(transaction).await?.name;
    let mut values = notice.values.clone();
    values.extend([
        ("name", addressee.name.clone()),
        ("company", company),
        ("link", format!("{}{}", context.public_url, notice.path)),
        ("unsubscribe", unsubscribe::link(context, customer)?),
    ]);
    let (subject, text) = templates::filled(transaction, notice.purpose, addressee.language, channel, &values).await?;
    let not_before = rings_at(context, transaction, channel, context.clock.now()).await?;
    let message = NewMessage {
        customer: Some(customer),
        channel,
        purpose: notice.purpose,
        to: &to,
        subject: &subject,
        sealed_body: &context.vault.seal(&SecretString::from(text))?,
        not_before,
        at: context.clock.now(),
        idempotency_key: &fresh_key(),
    };
    let id = store::messages::add(transaction, &message).await?;
    jobs::enqueue_message(context, transaction, id, not_before).await?;
    Ok(Some(id))
}

/// A mail to somebody of the staff, or to a user about their account.
pub(crate) async fn mail(
    context: &Context,
    transaction: &mut store::Transaction,
    purpose: Purpose,
    to: &Email,
    subject: &str,
    text: &str,
) -> Result<MessageId> {
    let message = NewMessage {
        customer: None,
        channel: Channel::Mail,
        purpose,
        to: to.as_str(),
        subject,
        sealed_body: &context.vault.seal(&SecretString::from(text.to_owned()))?,
        not_before: None,
        at: context.clock.now(),
        idempotency_key: &fresh_key(),
    };
    let id = store::messages::add(transaction, &message).await?;
    jobs::enqueue_message(context, transaction, id, None).await?;
    Ok(id)
}

fn address(addressee: &Addressee, channel: Channel) -> Option<String> {
    match channel {
        Channel::Mail => addressee.email.as_ref().map(Email::to_string),
        Channel::Whatsapp | Channel::Sms => addressee.phone.as_ref().map(Phone::to_string),
    }
}

/// Until when a message that is due at a moment is held back, since its telephone is to be quiet then.
pub(crate) async fn held_until(
    context: &Context,
    connection: &mut store::Connection,
    message: MessageId,
    due: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>> {
    let channel = store::messages::find(connection, message).await?.channel;
    rings_at(context, connection, channel, due).await
}

/// `None`: when it is due.
async fn rings_at(
    context: &Context,
    connection: &mut store::Connection,
    channel: Channel,
    due: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>> {
    if !channel.rings() {
        return Ok(None);
    }
    let quiet = store::message_templates::quiet_hours(connection).await?;
    let then = quiet.map(|quiet| context.clock.moment(quiet.end(context.clock.local(due))));
    // Where clocks are set back an hour comes twice, and its first time may be over.
    Ok(then.filter(|then| *then > due))
}
