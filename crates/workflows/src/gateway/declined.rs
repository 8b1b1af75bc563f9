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
    let purpose = match (intent.kind, intent.state) {
        (IntentKind::Automatic, _) => Purpose::CardDeclined,
        // It was on its way for days, and need not have been paid again until now.
        (IntentKind::Checkout, IntentState::Processing) => Purpose::PaymentFailed,
        (IntentKind::Checkout | IntentKind::Setup, _) => return Ok(()),
    };
    let language = store::messages::addressee(transaction, intent.customer).await?.language;
    let mut values = vec![
        ("amount", messages::moneys(&[intent.amount])),
        ("because", because(language, decline.reason()).to_owned()),
    ];
    if purpose == Purpose::CardDeclined {
        values.push(("next", next(transaction, intent, decline, language).await?.to_owned()));
    }
    let notice = Notice { purpose, path: "/portal/pay", values };
    messages::tell_customer(context, transaction, intent.customer, &notice).await.map(drop)
}

/// What comes after the refusal of a saved card, in words.
async fn next(
    transaction: &mut store::Transaction,
    intent: &Intent,
    decline: &Decline,
    language: Language,
) -> Result<&'static str> {
    let declined = cards::declined_tries(transaction, intent.id).await?;
    let rule = store::gateway::keys::retry_days(transaction).await?;
    let again = !decline.is_final() && declined.is_some_and(|declined| rule.goes_on_after(declined));
    Ok(next_words(language, again))
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

fn next_words(language: Language, again: bool) -> &'static str {
    match (language, again) {
        (Language::Spanish, true) => "Lo intentaremos otra vez en los próximos días.",
        (Language::Spanish, false) => "No volveremos a intentarlo con esta tarjeta.",
        (Language::English, true) => "We will try again in the next days.",
        (Language::English, false) => "We will not try this card again.",
    }
}
