//! What the pages of cards ask the server.

use domain::ids::{GatewayEventId, GatewayId, PaymentId};
use domain::views::gateway::{
    CardPayment, CardRefundForm, DisputeRow, EventList, GatewaySettings, IntentList, KeysForm, Reconciliation,
};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::gateway::{EventFilter, IntentFilter},
    workflows::gateway,
    workflows::permit::{EditGateway, RefundPayments, RepeatEvents, SeeGateway, SeePayments},
};

#[server(input = GetUrl)]
pub async fn show_gateway() -> Result<GatewaySettings, AppError> {
    let (context, permit) = api::permit::<SeeGateway>()?;
    Ok(gateway::settings(&context, &permit).await?)
}

#[server]
pub async fn save_gateway_keys(keys: KeysForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditGateway>()?;
    gateway::save_keys(&context, &permit, &keys).await?;
    api::go_to("/office/gateway?done=saved");
    Ok(())
}

#[server]
pub async fn save_retry_days(#[server(default)] retry_days: String) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditGateway>()?;
    gateway::save_retry_days(&context, &permit, &retry_days).await?;
    api::go_to("/office/gateway?done=saved");
    Ok(())
}

#[server]
pub async fn check_gateway(gateway: GatewayId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditGateway>()?;
    Ok(gateway::check_keys(&context, &*api::gateway()?, &permit, gateway).await?)
}

#[server]
pub async fn switch_gateway_on(gateway: GatewayId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditGateway>()?;
    gateway::switch_on(&context, &*api::gateway()?, &permit, gateway).await?;
    api::go_to("/office/gateway?done=saved");
    Ok(())
}

#[server]
pub async fn switch_gateway_off(gateway: GatewayId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditGateway>()?;
    gateway::switch_off(&context, &permit, gateway).await?;
    api::go_to("/office/gateway?done=saved");
    Ok(())
}

#[server(input = GetUrl)]
pub async fn list_card_payments(#[server(default)] query: ListQuery) -> Result<IntentList, AppError> {
    let (context, permit) = api::permit::<SeeGateway>()?;
    let (state, kind) = (query.filter_as("state"), query.filter_as("kind"));
    let filter = IntentFilter { state, kind, search: Some(query.search), page: query.page };
    Ok(gateway::intents(&context, &permit, &filter).await?)
}

#[server(input = GetUrl)]
pub async fn list_gateway_events(#[server(default)] query: ListQuery) -> Result<EventList, AppError> {
    let (context, permit) = api::permit::<SeeGateway>()?;
    let filter = EventFilter { state: query.filter_as("state"), page: query.page };
    Ok(gateway::events(&context, &permit, &filter).await?)
}

#[server]
pub async fn repeat_gateway_event(event: GatewayEventId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<RepeatEvents>()?;
    gateway::repeat_event(&context, &permit, event).await?;
    api::go_to("/office/gateway/events?done=queued");
    Ok(())
}

#[server(input = GetUrl)]
pub async fn list_disputes(#[server(default)] query: ListQuery) -> Result<Vec<DisputeRow>, AppError> {
    let (context, permit) = api::permit::<SeeGateway>()?;
    Ok(gateway::disputes(&context, &permit, query.filter_as("is")).await?)
}

#[server(input = GetUrl)]
pub async fn compare_gateway(#[server(default)] query: ListQuery) -> Result<Reconciliation, AppError> {
    let (context, permit) = api::permit::<SeeGateway>()?;
    Ok(gateway::reconcile(&context, &*api::gateway()?, &permit, &api::span(&query)).await?)
}

#[server(input = GetUrl)]
pub async fn see_card_payment(payment: PaymentId) -> Result<Option<CardPayment>, AppError> {
    let (context, permit) = api::permit::<SeePayments>()?;
    Ok(gateway::of_payment(&context, &permit, payment).await?)
}

#[server]
pub async fn refund_to_card(payment: PaymentId, form: CardRefundForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<RefundPayments>()?;
    gateway::refund_to_card(&context, &permit, payment, &form).await?;
    api::go_to(&format!("/office/payments/{payment}?done=queued"));
    Ok(())
}
