//! What the customer's pages of faults ask the server. None of it names a customer: it is whoever is signed in.

use domain::ids::TicketId;
use domain::views::list::Page;
use domain::views::ticket_forms::{FaultForm, MessageForm, RatingForm};
use domain::views::tickets::{FaultOffer, MyTicket, MyTicketRow};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {crate::api, workflows::tickets};

#[server(input = GetUrl)]
pub async fn my_faults(#[server(default)] query: ListQuery) -> Result<Page<MyTicketRow>, AppError> {
    let (context, scope) = api::scope()?;
    Ok(tickets::mine(&context, &scope, query.page).await?)
}

#[server(input = GetUrl)]
pub async fn my_fault(ticket: TicketId) -> Result<MyTicket, AppError> {
    let (context, scope) = api::scope()?;
    Ok(tickets::show_mine(&context, &scope, ticket).await?)
}

#[server(input = GetUrl)]
pub async fn begin_fault() -> Result<FaultOffer, AppError> {
    let (context, scope) = api::scope()?;
    Ok(tickets::offer_mine(&context, &scope).await?)
}

#[server]
pub async fn report_fault(fault: FaultForm) -> Result<(), AppError> {
    let (context, scope) = api::scope()?;
    let ticket = tickets::open_mine(&context, &scope, &fault).await?;
    api::go_to(&format!("/portal/faults/{ticket}?done=sent"));
    Ok(())
}

#[server]
pub async fn answer_fault(ticket: TicketId, message: MessageForm) -> Result<(), AppError> {
    let (context, scope) = api::scope()?;
    tickets::answer_mine(&context, &scope, ticket, &message).await?;
    api::go_to(&format!("/portal/faults/{ticket}?done=sent"));
    Ok(())
}

#[server]
pub async fn reopen_fault(ticket: TicketId, message: MessageForm) -> Result<(), AppError> {
    let (context, scope) = api::scope()?;
    tickets::complain(&context, &scope, ticket, &message).await?;
    api::go_to(&format!("/portal/faults/{ticket}?done=sent"));
    Ok(())
}

#[server]
pub async fn rate_fault(ticket: TicketId, rating: RatingForm) -> Result<(), AppError> {
    let (context, scope) = api::scope()?;
    tickets::rate(&context, &scope, ticket, &rating).await?;
    api::go_to(&format!("/portal/faults/{ticket}?done=saved"));
    Ok(())
}
