//! What the pages of tickets ask the server.

use domain::ids::{CustomerId, OutageId, TicketCategoryId, TicketId};
use domain::views::ticket_forms::{CategoryForm, FaultForm, HoursForm, MessageForm, PromisesForm, TriageForm};
use domain::views::tickets::{FaultOffer, TicketDesk, TicketList, TicketSettings};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::tickets::TicketFilter,
    workflows::permit::{AnswerTickets, EditTicketSettings, OpenTickets, SeeTickets},
    workflows::tickets,
};

#[server(input = GetUrl)]
pub async fn list_tickets(#[server(default)] query: ListQuery) -> Result<TicketList, AppError> {
    let (context, permit) = api::permit::<SeeTickets>()?;
    let filter = TicketFilter {
        group: query.filter_as("is"),
        state: query.filter_as("state"),
        priority: query.filter_as("priority"),
        standing: query.filter_as("sla"),
        sector: query.filter_as("sector"),
        customer: query.filter_as("customer"),
        contract: query.filter_as("contract"),
        outage: query.filter_as("outage"),
        search: Some(query.search),
        page: query.page,
    };
    Ok(tickets::list(&context, &permit, &filter).await?)
}

#[server(input = GetUrl)]
pub async fn show_ticket(ticket: TicketId) -> Result<TicketDesk, AppError> {
    let (context, permit) = api::permit::<SeeTickets>()?;
    Ok(tickets::show(&context, &permit, ticket).await?)
}

#[server(input = GetUrl)]
pub async fn begin_ticket(customer: CustomerId) -> Result<FaultOffer, AppError> {
    let (context, permit) = api::permit::<OpenTickets>()?;
    Ok(tickets::offer(&context, &permit, customer).await?)
}

#[server]
pub async fn open_ticket(customer: CustomerId, fault: FaultForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<OpenTickets>()?;
    let ticket = tickets::open(&context, &permit, customer, &fault).await?;
    api::go_to(&format!("/office/tickets/{ticket}?done=created"));
    Ok(())
}

#[server]
pub async fn answer_ticket(ticket: TicketId, message: MessageForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<AnswerTickets>()?;
    tickets::answer(&context, &permit, ticket, &message).await?;
    api::go_to(&format!("/office/tickets/{ticket}?done=saved"));
    Ok(())
}

#[server]
pub async fn triage_ticket(ticket: TicketId, triage: TriageForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<AnswerTickets>()?;
    tickets::triage(&context, &permit, ticket, &triage).await?;
    api::go_to(&format!("/office/tickets/{ticket}?done=saved"));
    Ok(())
}

#[server]
pub async fn answer_outage(outage: OutageId, #[server(default)] message: String) -> Result<(), AppError> {
    let (context, permit) = api::permit::<AnswerTickets>()?;
    tickets::tell_all(&context, &permit, outage, &message).await?;
    api::go_to(&format!("/office/outages/{outage}?done=sent"));
    Ok(())
}

#[server(input = GetUrl)]
pub async fn show_ticket_settings() -> Result<TicketSettings, AppError> {
    let (context, permit) = api::permit::<SeeTickets>()?;
    Ok(tickets::settings(&context, &permit).await?)
}

#[server]
pub async fn save_promises(promises: PromisesForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditTicketSettings>()?;
    tickets::save_promises(&context, &permit, &promises).await?;
    api::go_to("/office/tickets/settings?done=saved");
    Ok(())
}

#[server]
pub async fn save_ticket_rules(rules: HoursForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditTicketSettings>()?;
    tickets::save_rules(&context, &permit, &rules).await?;
    api::go_to("/office/tickets/settings?done=saved");
    Ok(())
}

#[server]
pub async fn add_ticket_category(category: CategoryForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditTicketSettings>()?;
    tickets::add_category(&context, &permit, &category).await?;
    api::go_to("/office/tickets/settings?done=created");
    Ok(())
}

#[server]
pub async fn edit_ticket_category(id: TicketCategoryId, category: CategoryForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditTicketSettings>()?;
    tickets::edit_category(&context, &permit, id, &category).await?;
    api::go_to("/office/tickets/settings?done=saved");
    Ok(())
}
