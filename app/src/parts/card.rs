//! Cards in words: which one, and why it did not pay.

use domain::gateway::{Decline, DeclineReason};
use domain::views::gateway::SavedCard;

use crate::i18n::Words;

/// `Visa •••• 4242`
#[must_use]
pub fn card_name(card: &SavedCard, t: Words) -> String {
    let mut letters = card.brand.chars();
    let brand = match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => t.gateway.card().to_owned(),
    };
    format!("{brand} •••• {}", card.last4)
}

/// What the bank said, and what to do; where its code says nothing, its own words.
#[must_use]
pub fn decline_words(decline: &Decline, t: Words) -> String {
    let plain = match decline.reason() {
        DeclineReason::Funds => t.gateway.declined_funds(),
        DeclineReason::Expired => t.gateway.declined_expired(),
        DeclineReason::Blocked => t.gateway.declined_blocked(),
        DeclineReason::Authentication => t.gateway.declined_authentication(),
        DeclineReason::Mistyped => t.gateway.declined_mistyped(),
        DeclineReason::Other if decline.words.is_empty() => t.gateway.declined_other(),
        DeclineReason::Other => return t.gateway.declined_words(&decline.words),
    };
    plain.to_owned()
}
