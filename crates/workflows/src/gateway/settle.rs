//! What was read of an intent becomes its state, a payment, and what became of that: in one transaction, and as often as
//! one likes.

use domain::gateway::{IntentKind, IntentState, RemoteState};
use domain::ids::{PaymentIntentId, QuoteId, SavedCardId};
use store::gateway::cards::{NewCard, NewConsent};
use store::gateway::intents::{self, Intent, Read};

use super::{GATEWAY, Open, declined, money};
use crate::ports::gateway::{Checkout, CheckoutState, RemoteCard, RemoteIntent};
use crate::record::{Subject, audit_as};
use crate::{Context, Result, quotes};

/// How far it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum End {
    Done,
    /// More is denied or given back than is left of a payment: a person must say what becomes of it.
    HasRefunds,
}

pub(super) async fn settle(
    context: &Context,
    gateway: &Open,
    id: PaymentIntentId,
    checkout: Option<&Checkout>,
    remote: Option<&RemoteIntent>,
) -> Result<End> {
    let mut transaction = context.begin().await?;
    // Customers are locked before anything of theirs, everywhere.
    let customer = intents::get(&mut transaction, id).await?.customer;
    store::payments::lock_customers(&mut transaction, &[customer]).await?;
    let mut intent = intents::lock(&mut transaction, id).await?;
    let read = together(checkout, remote);
    let next = intent.state.after(intent.kind, &read);
    save(context, &mut transaction, &intent, next, &read, checkout, remote).await?;
    let before = intent.state;
    if next == IntentState::Paid && before != IntentState::Paid {
        keep_card(context, &mut transaction, gateway, &intent, checkout, remote).await?;
    }
    if let (IntentState::Failed, true, Some(decline)) = (next, before != next, read.decline()) {
        declined::tell(context, &mut transaction, &intent, decline).await?;
    }
    let mut quote = None;
    if let (IntentState::Paid, true, None, Some(remote)) = (next, gateway.takes_money, intent.payment, remote) {
        let credited = money::credit(context, &mut transaction, &intent, remote).await?;
        (intent.payment, quote) = (Some(credited.payment), credited.quote);
    }
    let end = match (intent.payment, remote) {
        (Some(payment), Some(remote)) => {
            money::after_payment(context, &mut transaction, &intent, payment, remote).await?
        }
        _ => End::Done,
    };
    transaction.commit().await.map_err(store::Error::from)?;
    invoice(context, quote).await;
    Ok(end)
}

async fn invoice(context: &Context, quote: Option<QuoteId>) {
    if let Some(quote) = quote {
        quotes::invoice_soon(context, &GATEWAY, quote).await;
    }
}

/// The two sides as one: the payment knows of money, the page whether anybody can still pay.
fn together(checkout: Option<&Checkout>, remote: Option<&RemoteIntent>) -> RemoteState {
    let page = checkout.map(|checkout| checkout.state);
    match (page, remote.map(|remote| &remote.state)) {
        (_, Some(state @ (RemoteState::Succeeded | RemoteState::Processing))) => state.clone(),
        (Some(CheckoutState::Expired), _) => RemoteState::Expired,
        (Some(CheckoutState::Complete), Some(RemoteState::Waiting(Some(decline)))) => {
            RemoteState::Failed(decline.clone())
        }
        // Nothing to pay: a card was to be saved, and is.
        (Some(CheckoutState::Complete), None) => RemoteState::Succeeded,
        (_, Some(state)) => state.clone(),
        (Some(CheckoutState::Open) | None, None) => RemoteState::Waiting(None),
    }
}

async fn save(
    context: &Context,
    transaction: &mut store::Transaction,
    intent: &Intent,
    next: IntentState,
    state: &RemoteState,
    checkout: Option<&Checkout>,
    remote: Option<&RemoteIntent>,
) -> Result<()> {
    let url = match checkout {
        Some(checkout) => checkout.url.as_deref(),
        None => intent.url.as_deref(),
    };
    let read = Read {
        session: checkout.map(|checkout| checkout.session.as_str()),
        remote: remote
            .map(|remote| remote.intent.as_str())
            .or_else(|| checkout.and_then(|checkout| checkout.intent.as_deref())),
        charge: remote.and_then(|remote| remote.charge.as_deref()),
        url: url.filter(|_| next == IntentState::Open),
        decline: state.decline().or(intent.decline.as_ref()).filter(|_| next != IntentState::Paid),
    };
    Ok(intents::save_read(transaction, intent.id, next, &read, context.clock.now()).await?)
}

/// A card that the customer wanted to be kept; with the consent, if that was given.
async fn keep_card(
    context: &Context,
    transaction: &mut store::Transaction,
    gateway: &Open,
    intent: &Intent,
    checkout: Option<&Checkout>,
    remote: Option<&RemoteIntent>,
) -> Result<()> {
    let card = remote.and_then(|remote| remote.card.as_ref());
    let card = card.or_else(|| checkout.and_then(|checkout| checkout.card.as_ref()));
    let (Some(card), IntentKind::Checkout | IntentKind::Setup) = (card, intent.kind) else { return Ok(()) };
    let card = save_card(context, transaction, gateway, intent, card).await?;
    let Some(consent) = &intent.consent else { return Ok(()) };
    let new = NewConsent { customer: intent.customer, card, consent, at: context.clock.now(), by: intent.created_by };
    store::gateway::cards::consent(transaction, &new).await?;
    let subject = Subject { kind: "customer", id: intent.customer.0 };
    audit_as(context, transaction, &GATEWAY, "pay_automatically", subject, None::<&()>, Some(consent)).await
}

async fn save_card(
    context: &Context,
    transaction: &mut store::Transaction,
    gateway: &Open,
    intent: &Intent,
    card: &RemoteCard,
) -> Result<SavedCardId> {
    let new = NewCard {
        gateway: gateway.id,
        customer: intent.customer,
        remote: &card.remote,
        brand: &card.brand,
        last4: &card.last4,
        expires_month: card.expires_month,
        expires_year: card.expires_year,
        at: context.clock.now(),
    };
    Ok(store::gateway::cards::save(transaction, &new).await?)
}
