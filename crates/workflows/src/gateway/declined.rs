//! Customers are told when a payment that they counted on did not come: nobody is by the page any more.

use domain::contact::Language;
use domain::gateway::{Decline, DeclineReason, IntentKind, IntentState};
use domain::message::Purpose;
use store::gateway::cards;
use store::gateway::intents::Intent;

use crate::messages::{self, Notice};
use crate::{Context, Result};

/// Tells of a payment that was refused just now, after it was in `intent`'s state. Whoever is declined while they pay sees it
/// on the page.
pub(super) async fn tell(
    context: &Context,
    transaction: &mut store::Transaction,
    intent: &Intent,
    decline: &Decline,
) -> Result<()> {
    match (intent.kind, intent.state) {
        (IntentKind::Automatic, _) => tell_declined(context, transaction, intent, decline).await,
        (IntentKind::Checkout, IntentState::Processing) => tell_not_come(context, transaction, intent, decline).await,
        (IntentKind::Checkout | IntentKind::Setup, _) => Ok(()),
    }
}

/// A saved card did not pay: why, and what comes next.
async fn tell_declined(
    context: &Context,
    transaction: &mut store::Transaction,
    intent: &Intent,
    decline: &Decline,
) -> Result<()> {
    let declined = cards::declined_tries(transaction, intent.id).await?;
    let rule = store::gateway::keys::retry_days(transaction).await?;
    let again = !decline.is_final() && declined.is_some_and(|declined| rule.goes_on_after(declined));
    let language = store::messages::addressee(transaction, intent.customer).await?.language;
    let notice = Notice {
        purpose: Purpose::CardDeclined,
        path: "/portal/pay",
        values: vec![
            ("amount", messages::moneys(&[intent.amount])),
            ("because", because(language, decline.reason()).to_owned()),
            ("next", next(language, again).to_owned()),
        ],
    };
    messages::tell_customer(context, transaction, intent.customer, &notice).await.map(drop)
}

/// Money that was on its way for days, and need not have been paid again until now.
async fn tell_not_come(
    context: &Context,
    transaction: &mut store::Transaction,
    intent: &Intent,
    decline: &Decline,
) -> Result<()> {
    let language = store::messages::addressee(transaction, intent.customer).await?.language;
    let notice = Notice {
        purpose: Purpose::PaymentFailed,
        path: "/portal/pay",
        values: vec![
            ("amount", messages::moneys(&[intent.amount])),
            ("because", because(language, decline.reason()).to_owned()),
        ],
    };
    messages::tell_customer(context, transaction, intent.customer, &notice).await.map(drop)
}

/// In the customer's language, which the gateway's own words are not in.
fn because(language: Language, reason: DeclineReason) -> &'static str {
    match (language, reason) {
        (Language::Spanish, DeclineReason::Funds) => "no hay fondos suficientes",
        (Language::Spanish, DeclineReason::Expired) => "la tarjeta está vencida",
        (Language::Spanish, DeclineReason::Blocked) => "el banco bloqueó la tarjeta",
        (Language::Spanish, DeclineReason::Authentication) => "el banco pide que usted confirme el pago",
        (Language::Spanish, DeclineReason::Mistyped) => "los datos de la tarjeta no son correctos",
        (Language::Spanish, DeclineReason::Other) => "el banco no autorizó el pago",
        (Language::English, DeclineReason::Funds) => "there are not enough funds",
        (Language::English, DeclineReason::Expired) => "the card has expired",
        (Language::English, DeclineReason::Blocked) => "the bank has blocked the card",
        (Language::English, DeclineReason::Authentication) => "the bank wants you to confirm the payment",
        (Language::English, DeclineReason::Mistyped) => "the card's data are not right",
        (Language::English, DeclineReason::Other) => "the bank did not allow the payment",
    }
}

fn next(language: Language, again: bool) -> &'static str {
    match (language, again) {
        (Language::Spanish, true) => "Lo intentaremos otra vez en los próximos días.",
        (Language::Spanish, false) => "No volveremos a intentarlo con esta tarjeta.",
        (Language::English, true) => "We will try again in the next days.",
        (Language::English, false) => "We will not try this card again.",
    }
}
