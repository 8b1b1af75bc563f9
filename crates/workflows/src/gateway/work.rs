//! What a worker does at the gateway. Nothing is locked while it answers, and each thing may be done twice.

use chrono::Duration;
use domain::gateway::{EventState, IntentKind};
use domain::ids::{CardRefundId, GatewayEventId, GatewayTaskId, PaymentIntentId};
use domain::network::{Because, Outcome};
use domain::views::gateway::ParkedBecause;
use store::gateway::events::Settled;
use store::gateway::intents::{self, Intent};
use store::gateway::tasks::Task;

use super::settle::{End, settle};
use super::{Open, automatic, open_by_id};
use crate::ports::Gateway;
use crate::ports::gateway::{About, Checkout, GatewayFailure, NewRemoteRefund, RemoteIntent};
use crate::{Context, Error, Result};

/// So long a page may take to be opened: its form can be sent again.
const PATIENCE: Duration = Duration::days(1);

/// What was read of an intent, on its two sides.
pub(super) type Read = (Option<Checkout>, Option<RemoteIntent>);

/// Does one thing. What goes wrong on our side is an incident, and tried again like a gateway that does not answer.
pub(crate) async fn work(context: &Context, port: &dyn Gateway, task: GatewayTaskId) -> Result<Outcome> {
    let task = store::gateway::tasks::get(&mut *context.connection().await?, task).await?;
    let done = match task {
        Task::Event(event) => self::event(context, port, event).await,
        Task::Intent(intent) => self::intent(context, port, intent).await,
        Task::Refund(refund) => self::refund(context, port, refund).await,
    };
    Ok(match done {
        Ok(Ok(End::Done)) => Outcome::Done,
        Ok(Ok(End::HasRefunds)) => Because::PaymentHasRefunds.outcome(),
        Ok(Err(GatewayFailure::NotNow(words))) => Because::GatewayRefused { words, for_good: false }.outcome(),
        Ok(Err(GatewayFailure::Keys(words) | GatewayFailure::Refused(words))) => {
            Because::GatewayRefused { words, for_good: true }.outcome()
        }
        Err(error) => Because::Incident { number: crate::error::incident(&error) }.outcome(),
    })
}

/// A job was given up: nothing is left to wait for it.
pub(crate) async fn give_up(
    context: &Context,
    transaction: &mut store::Transaction,
    task: GatewayTaskId,
    because: &Because,
) -> Result<()> {
    match store::gateway::tasks::get(transaction, task).await? {
        Task::Event(event) => park(context, transaction, event, because).await,
        Task::Intent(intent) => automatic::give_up(context, transaction, intent).await,
        // It is booked, and its list says that the gateway has not answered.
        Task::Refund(_) => Ok(()),
    }
}

/// So that the list of events says so.
async fn park(
    context: &Context,
    transaction: &mut store::Transaction,
    event: GatewayEventId,
    because: &Because,
) -> Result<()> {
    if store::gateway::events::get(transaction, event).await?.state != EventState::Stored {
        return Ok(());
    }
    let because = match because {
        Because::GatewayRefused { words, .. } => ParkedBecause::Gateway { words: words.clone() },
        Because::Incident { number } => ParkedBecause::Incident { number: number.clone() },
        _ => ParkedBecause::GivenUp,
    };
    let settled = Settled { state: EventState::Parked, because: Some(&because), intent: None, at: context.clock.now() };
    Ok(store::gateway::events::settle(transaction, event, &settled).await?)
}

/// Nothing of an event is believed but what it is about: that is read.
async fn event(context: &Context, port: &dyn Gateway, id: GatewayEventId) -> Result<Result<End, GatewayFailure>> {
    let event = store::gateway::events::get(&mut *context.connection().await?, id).await?;
    if event.state != EventState::Stored {
        return Ok(Ok(End::Done));
    }
    let gateway = open_by_id(context, event.gateway).await?;
    let found = match about(context, port, &gateway, port.about(&event.body)).await? {
        Ok(found) => found,
        Err(failure) => return Ok(Err(failure)),
    };
    let Some((intent, (checkout, remote))) = found else {
        return settle_event(context, id, EventState::Ignored, None, None).await.map(|()| Ok(End::Done));
    };
    match settle(context, &gateway, intent, checkout.as_ref(), remote.as_ref()).await? {
        End::Done => settle_event(context, id, EventState::Processed, None, Some(intent)).await?,
        End::HasRefunds => {
            settle_event(context, id, EventState::Parked, Some(&ParkedBecause::HasRefunds), Some(intent)).await?;
        }
    }
    // A parked event is told by its own list, where it is repeated.
    Ok(Ok(End::Done))
}

async fn settle_event(
    context: &Context,
    id: GatewayEventId,
    state: EventState,
    because: Option<&ParkedBecause>,
    intent: Option<PaymentIntentId>,
) -> Result<()> {
    let settled = Settled { state, because, intent, at: context.clock.now() };
    Ok(store::gateway::events::settle(&mut *context.connection().await?, id, &settled).await?)
}

/// The intent that something of the gateway's is about, and what the gateway holds of it now; `None` when it is not ours.
async fn about(
    context: &Context,
    port: &dyn Gateway,
    gateway: &Open,
    about: About,
) -> Result<Result<Option<(PaymentIntentId, Read)>, GatewayFailure>> {
    let read = match &about {
        About::Other => return Ok(Ok(None)),
        About::Session(session) => read(port, gateway, Some(session), None).await,
        About::Intent(intent) => read(port, gateway, None, Some(intent)).await,
    };
    let (checkout, remote) = match read {
        Ok(read) => read,
        Err(failure) => return Ok(Err(failure)),
    };
    let session = checkout.as_ref().map(|checkout| checkout.session.as_str());
    let reference = checkout.as_ref().and_then(|checkout| checkout.reference.as_deref());
    let reference = reference.or_else(|| remote.as_ref().and_then(|remote| remote.reference.as_deref()));
    let intent = remote.as_ref().map(|remote| remote.intent.as_str());
    let mut connection = context.connection().await?;
    let Some(id) = intents::find(&mut connection, gateway.id, session, intent, reference).await? else {
        return Ok(Ok(None));
    };
    let known = intents::get(&mut connection, id).await?;
    drop(connection);
    // The page to pay on says whether a refusal is the last word.
    match (&checkout, &known.session) {
        (None, Some(session)) => {
            let whole = self::read(port, gateway, Some(session), intent).await;
            Ok(whole.map(|whole| Some((id, whole))))
        }
        _ => Ok(Ok(Some((id, (checkout, remote))))),
    }
}

/// Reads the page to pay on, and then the payment: of a page that is closed, the payment is then read as it ended. The
/// other way round a refusal could be taken for the last word that a better card was paid after.
async fn read(
    port: &dyn Gateway,
    gateway: &Open,
    session: Option<&str>,
    intent: Option<&str>,
) -> std::result::Result<Read, GatewayFailure> {
    let checkout = match session {
        Some(session) => Some(port.checkout(&gateway.access, session).await?),
        None => None,
    };
    let intent = checkout.as_ref().and_then(|checkout| checkout.intent.as_deref()).or(intent);
    let remote = match intent {
        Some(intent) => Some(port.intent(&gateway.access, intent).await?),
        None => None,
    };
    Ok((checkout, remote))
}

/// Asks how an intent stands; one of a night that was not charged yet is charged.
async fn intent(context: &Context, port: &dyn Gateway, id: PaymentIntentId) -> Result<Result<End, GatewayFailure>> {
    let intent = intents::get(&mut *context.connection().await?, id).await?;
    let gateway = open_by_id(context, intent.gateway).await?;
    if intent.kind == IntentKind::Automatic && intent.remote.is_none() {
        return automatic::charge(context, port, &gateway, &intent).await;
    }
    sync(context, port, &gateway, &intent).await
}

async fn sync(
    context: &Context,
    port: &dyn Gateway,
    gateway: &Open,
    intent: &Intent,
) -> Result<Result<End, GatewayFailure>> {
    match read(port, gateway, intent.session.as_deref(), intent.remote.as_deref()).await {
        Ok((None, None)) => never_opened(context, intent).await.map(|()| Ok(End::Done)),
        Ok((checkout, remote)) => settle(context, gateway, intent.id, checkout.as_ref(), remote.as_ref()).await.map(Ok),
        Err(failure) => Ok(Err(failure)),
    }
}

/// Its page could not be opened, and nobody tries any more.
async fn never_opened(context: &Context, intent: &Intent) -> Result<()> {
    let now = context.clock.now();
    if intent.asked_at.is_none_or(|asked| now - asked < PATIENCE) {
        return Ok(());
    }
    Ok(intents::cancel(&mut *context.connection().await?, intent.id, now).await?)
}

/// Money back onto the card, unless it went already: gateways forget keys after a day. Then all of the payment is read anew.
async fn refund(context: &Context, port: &dyn Gateway, id: CardRefundId) -> Result<Result<End, GatewayFailure>> {
    let mut connection = context.connection().await?;
    let refund = store::gateway::refunds::get(&mut connection, id).await?;
    let intent = intents::get(&mut connection, refund.intent).await?;
    drop(connection);
    let gateway = open_by_id(context, intent.gateway).await?;
    let Some(remote) = intent.remote.clone() else {
        return Err(Error::internal(store::Error::Unknown(format!("a refund of {} without a payment", intent.id))));
    };
    let held = match port.intent(&gateway.access, &remote).await {
        Ok(held) => held,
        Err(failure) => return Ok(Err(failure)),
    };
    if refund.remote.is_none() && !held.refunds.iter().any(|one| one.reference.as_ref() == Some(&refund.remote_key)) {
        let wanted = NewRemoteRefund { key: refund.remote_key, intent: remote, amount: refund.amount };
        match port.refund(&gateway.access, &wanted).await {
            Ok(_) => {}
            Err(GatewayFailure::Refused(words)) => {
                return super::money::refund_refused(context, id, &words).await.map(|()| Ok(End::Done));
            }
            Err(failure) => return Ok(Err(failure)),
        }
    }
    sync(context, port, &gateway, &intent).await
}
