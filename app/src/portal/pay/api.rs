//! What the pages to pay on ask the server.

use domain::ids::{PaymentIntentId, QuoteId, SavedCardId};
use domain::views::gateway::{CardsView, CheckoutView, PayForm, PayOffer};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
#[cfg(feature = "ssr")]
use {crate::api, crate::i18n::Words, crate::preferences::Preferences, workflows::gateway};

#[server(input = GetUrl)]
pub async fn begin_to_pay() -> Result<PayOffer, AppError> {
    let (context, scope) = api::scope()?;
    Ok(gateway::offer(&context, &scope).await?)
}

#[server]
pub async fn pay_by_card(pay: PayForm) -> Result<(), AppError> {
    let (context, scope) = api::payer()?;
    let checkout = gateway::pay(&context, &*api::gateway()?, &scope, &pay, consent()).await?;
    api::go_to(&format!("/portal/checkouts/{checkout}?go=1"));
    Ok(())
}

#[server]
pub async fn pay_quote_by_card(quote: QuoteId, #[server(default)] idempotency_key: String) -> Result<(), AppError> {
    let (context, scope) = api::payer()?;
    let checkout = gateway::pay_quote(&context, &*api::gateway()?, &scope, quote, &idempotency_key).await?;
    api::go_to(&format!("/portal/checkouts/{checkout}?go=1"));
    Ok(())
}

#[server(input = GetUrl)]
pub async fn my_checkout(checkout: PaymentIntentId) -> Result<CheckoutView, AppError> {
    let (context, scope) = api::scope()?;
    Ok(gateway::checkout(&context, &scope, checkout).await?)
}

#[server(input = GetUrl)]
pub async fn my_cards() -> Result<CardsView, AppError> {
    let (context, scope) = api::scope()?;
    Ok(gateway::cards(&context, &scope).await?)
}

#[server]
pub async fn save_my_card(#[server(default)] idempotency_key: String) -> Result<(), AppError> {
    let (context, scope) = api::payer()?;
    let checkout = gateway::save_card(&context, &*api::gateway()?, &scope, &idempotency_key, consent()).await?;
    api::go_to(&format!("/portal/checkouts/{checkout}?go=1"));
    Ok(())
}

#[server]
pub async fn pay_automatically(card: SavedCardId) -> Result<(), AppError> {
    let (context, scope) = api::payer()?;
    gateway::pay_automatically(&context, &scope, card, consent()).await?;
    api::go_to("/portal/cards?done=saved");
    Ok(())
}

#[server]
pub async fn stop_automatic_payments() -> Result<(), AppError> {
    let (context, scope) = api::payer()?;
    gateway::withdraw(&context, &scope).await?;
    api::go_to("/portal/cards?done=saved");
    Ok(())
}

#[server]
pub async fn remove_my_card(card: SavedCardId) -> Result<(), AppError> {
    let (context, scope) = api::payer()?;
    gateway::remove_card(&context, &*api::gateway()?, &scope, card).await?;
    api::go_to("/portal/cards?done=removed");
    Ok(())
}

/// The sentence that the customer agreed to, as it stood on their page: it is kept with the consent.
#[cfg(feature = "ssr")]
fn consent() -> &'static str {
    Words::of(Preferences::current().locale).gateway.consent()
}
