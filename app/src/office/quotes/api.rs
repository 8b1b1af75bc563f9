//! What the pages of quotes ask the server.

use domain::ids::{ContractId, CustomerId, QuoteId};
use domain::views::payments::NewPayment;
use domain::views::quotes::{QuoteChoices, QuoteDetail, QuoteForm, QuoteLineForm, QuoteList};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::quotes::QuoteFilter,
    workflows::permit::{ConfirmQuotes, EditQuotes, RecordPayments, SeeQuotes},
    workflows::quotes,
};

#[server(input = GetUrl)]
pub async fn list_quotes(#[server(default)] query: ListQuery) -> Result<QuoteList, AppError> {
    let (context, permit) = api::permit::<SeeQuotes>()?;
    Ok(quotes::list(&context, &permit, &filter(query)).await?)
}

#[server(input = GetUrl)]
pub async fn show_quote(quote: QuoteId) -> Result<QuoteDetail, AppError> {
    let (context, permit) = api::permit::<SeeQuotes>()?;
    Ok(quotes::show(&context, &permit, quote).await?)
}

#[server(input = GetUrl)]
pub async fn begin_quote(customer: CustomerId) -> Result<QuoteChoices, AppError> {
    let (context, permit) = api::permit::<EditQuotes>()?;
    Ok(quotes::choices(&context, &permit, customer).await?)
}

#[server]
pub async fn draft_quote(form: QuoteForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditQuotes>()?;
    let quote = quotes::draft(&context, &permit, &form).await?;
    api::go_to(&format!("/office/quotes/{quote}?done=created"));
    Ok(())
}

#[server]
pub async fn add_quote_line(quote: QuoteId, #[server(default)] line: QuoteLineForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditQuotes>()?;
    quotes::add_line(&context, &permit, quote, &line).await?;
    api::go_to(&format!("/office/quotes/{quote}?done=saved"));
    Ok(())
}

#[server]
pub async fn remove_quote_line(quote: QuoteId, line: i64) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditQuotes>()?;
    quotes::remove_line(&context, &permit, quote, line).await?;
    api::go_to(&format!("/office/quotes/{quote}?done=removed"));
    Ok(())
}

#[server]
pub async fn send_quote(quote: QuoteId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditQuotes>()?;
    quotes::send(&context, &permit, quote).await?;
    api::go_to(&format!("/office/quotes/{quote}?done=saved"));
    Ok(())
}

#[server]
pub async fn accept_quote(quote: QuoteId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<ConfirmQuotes>()?;
    quotes::accept(&context, &permit, quote).await?;
    api::go_to(&format!("/office/quotes/{quote}?done=saved"));
    Ok(())
}

#[server]
pub async fn reject_quote(quote: QuoteId, #[server(default)] reason: String) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditQuotes>()?;
    quotes::reject(&context, &permit, quote, &reason).await?;
    api::go_to(&format!("/office/quotes/{quote}?done=saved"));
    Ok(())
}

#[server]
pub async fn pay_quote(quote: QuoteId, #[server(default)] payment: NewPayment) -> Result<(), AppError> {
    let (context, permit) = api::permit::<RecordPayments>()?;
    quotes::pay(&context, &permit, quote, payment).await?;
    api::go_to(&format!("/office/quotes/{quote}?done=recorded"));
    Ok(())
}

/// The quote that revives a contract.
#[server]
pub async fn reconnect_contract(contract: ContractId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditQuotes>()?;
    let quote = quotes::reconnect(&context, &permit, contract).await?;
    api::go_to(&format!("/office/quotes/{quote}"));
    Ok(())
}

#[cfg(feature = "ssr")]
fn filter(query: ListQuery) -> QuoteFilter {
    QuoteFilter {
        state: query.filter_as("state"),
        customer: query.filter_as("customer"),
        contract: query.filter_as("contract"),
        search: Some(query.search),
        page: query.page,
        without_drafts: false,
    }
}
