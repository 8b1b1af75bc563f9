//! What the customer's pages ask the server. None of it names a customer: it is whoever is signed in.

use domain::ids::{ChangeId, ContractId, InvoiceId, QuoteId};
use domain::views::changes::{PlanChangeForm, PlanOptions};
use domain::views::collections::{PromiseForm, PromiseTerms};
use domain::views::invoices::{InvoiceDetail, InvoiceRow};
use domain::views::list::Page;
use domain::views::messages::{PreferenceForm, PreferenceView};
use domain::views::payments::PaymentRow;
use domain::views::portal::PortalHome;
use domain::views::quotes::{QuoteDetail, QuoteList};
use domain::views::statement::StatementView;
use domain::views::timeline::TimelineEntry;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    workflows::{documents, messages, portal, quotes},
};

#[server(input = GetUrl)]
pub async fn my_home() -> Result<PortalHome, AppError> {
    let (context, scope) = api::scope()?;
    Ok(portal::home(&context, &scope).await?)
}

#[server(input = GetUrl)]
pub async fn my_invoices(#[server(default)] query: ListQuery) -> Result<Page<InvoiceRow>, AppError> {
    let (context, scope) = api::scope()?;
    Ok(portal::invoices(&context, &scope, query.page).await?)
}

#[server(input = GetUrl)]
pub async fn my_invoice(invoice: InvoiceId) -> Result<InvoiceDetail, AppError> {
    let (context, scope) = api::scope()?;
    Ok(portal::invoice(&context, &scope, invoice).await?)
}

#[server(input = GetUrl)]
pub async fn my_payments(#[server(default)] query: ListQuery) -> Result<Page<PaymentRow>, AppError> {
    let (context, scope) = api::scope()?;
    Ok(portal::payments(&context, &scope, query.page).await?)
}

#[server(input = GetUrl)]
pub async fn my_promise_terms(contract: ContractId) -> Result<PromiseTerms, AppError> {
    let (context, scope) = api::scope()?;
    Ok(portal::promise_terms(&context, &scope, contract).await?)
}

#[server]
pub async fn promise_payment(contract: ContractId, promise: PromiseForm) -> Result<(), AppError> {
    let (context, scope) = api::payer()?;
    portal::promise(&context, &scope, contract, &promise).await?;
    api::go_to("/portal?done=recorded");
    Ok(())
}

#[server(input = GetUrl)]
pub async fn my_history() -> Result<Vec<TimelineEntry>, AppError> {
    let (context, scope) = api::scope()?;
    Ok(portal::timeline(&context, &scope).await?)
}

#[server(input = GetUrl)]
pub async fn my_statement(#[server(default)] query: ListQuery) -> Result<StatementView, AppError> {
    let (context, scope) = api::scope()?;
    let (customer, span) = (scope.customer(), api::span(&query));
    Ok(documents::statement(&context, &documents::Reader::Customer(scope), customer, &span).await?)
}

#[server(input = GetUrl)]
pub async fn my_quotes(#[server(default)] query: ListQuery) -> Result<QuoteList, AppError> {
    let (context, scope) = api::scope()?;
    Ok(quotes::list_own(&context, &scope, query.page).await?)
}

#[server(input = GetUrl)]
pub async fn my_quote(quote: QuoteId) -> Result<QuoteDetail, AppError> {
    let (context, scope) = api::scope()?;
    Ok(quotes::show_own(&context, &scope, quote).await?)
}

#[server]
pub async fn accept_my_quote(quote: QuoteId) -> Result<(), AppError> {
    let (context, scope) = api::owner()?;
    quotes::accept_own(&context, &scope, quote).await?;
    api::go_to(&format!("/portal/quotes/{quote}?done=saved"));
    Ok(())
}

#[server(input = GetUrl)]
pub async fn my_preference() -> Result<PreferenceView, AppError> {
    let (context, scope) = api::scope()?;
    Ok(messages::my_preference(&context, &scope).await?)
}

#[server]
pub async fn save_my_preference(#[server(default)] preference: PreferenceForm) -> Result<(), AppError> {
    let (context, scope) = api::owner()?;
    messages::prefer_mine(&context, &scope, &preference).await?;
    api::go_to("/portal/messages?done=saved");
    Ok(())
}

#[server(input = GetUrl)]
pub async fn my_plan_options(contract: ContractId) -> Result<PlanOptions, AppError> {
    let (context, scope) = api::scope()?;
    Ok(portal::plan_options(&context, &scope, contract).await?)
}

#[server]
pub async fn request_my_plan(contract: ContractId, form: PlanChangeForm) -> Result<(), AppError> {
    let (context, scope) = api::owner()?;
    portal::request_plan(&context, &scope, contract, &form).await?;
    api::go_to(&format!("/portal/contracts/{contract}/plan?done=sent"));
    Ok(())
}

#[server]
pub async fn withdraw_my_change(change: ChangeId) -> Result<(), AppError> {
    let (context, scope) = api::owner()?;
    let contract = portal::withdraw_change(&context, &scope, change).await?;
    api::go_to(&format!("/portal/contracts/{contract}/plan?done=saved"));
    Ok(())
}
