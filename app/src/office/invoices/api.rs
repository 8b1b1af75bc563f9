//! What the pages of invoices ask the server.

use domain::ids::InvoiceId;
use domain::views::bulk::{BulkMessageForm, BulkOnceForm, BulkPreview};
use domain::views::invoices::{InvoiceDetail, InvoiceList};
use domain::views::payments::RefundForm;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::bulk::{BulkAction, Chosen},
    domain::views::invoices::{InvoiceFilter, InvoiceSort},
    domain::views::list::Direction,
    workflows::permit::{RefundPayments, SeeInvoices, VoidInvoices, WriteToCustomers},
    workflows::{bulk, invoices, payments},
};

#[server(input = GetUrl)]
pub async fn list_invoices(#[server(default)] query: ListQuery) -> Result<InvoiceList, AppError> {
    let (context, permit) = api::permit::<SeeInvoices>()?;
    Ok(invoices::list(&context, &permit, &filter(query)).await?)
}

/// What would be done to many invoices of the list, or to their customers.
#[server(input = GetUrl)]
pub async fn preview_bulk_invoices(#[server(default)] query: ListQuery) -> Result<BulkPreview, AppError> {
    let (context, permit) = api::permit::<SeeInvoices>()?;
    let action = query.filter_as("action").unwrap_or(BulkAction::Send);
    Ok(bulk::preview_invoices(&context, &permit, action, &Chosen::of(&query.filters), &filter(query)).await?)
}

#[server]
pub async fn send_invoices(form: BulkOnceForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<workflows::permit::SendInvoices>()?;
    let run = bulk::send_invoices(&context, &permit, &form).await?;
    api::go_to(&format!("/office/bulk/{run}"));
    Ok(())
}

#[server]
pub async fn message_invoices(form: BulkMessageForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<WriteToCustomers>()?;
    let run = bulk::message_invoices(&context, &permit, &api::permit::<SeeInvoices>()?.1, &form).await?;
    api::go_to(&format!("/office/bulk/{run}"));
    Ok(())
}

#[server(input = GetUrl)]
pub async fn show_invoice(invoice: InvoiceId) -> Result<InvoiceDetail, AppError> {
    let (context, permit) = api::permit::<SeeInvoices>()?;
    Ok(invoices::show(&context, &permit, invoice).await?)
}

#[server]
pub async fn void_invoice(invoice: InvoiceId, #[server(default)] reason: String) -> Result<(), AppError> {
    let (context, permit) = api::permit::<VoidInvoices>()?;
    invoices::void(&context, &permit, invoice, &reason).await?;
    api::go_to(&format!("/office/invoices/{invoice}?done=saved"));
    Ok(())
}

/// Money back to the customer, of what is unused of a credit note.
#[server]
pub async fn refund_credit_note(note: InvoiceId, form: RefundForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<RefundPayments>()?;
    payments::refund_credit_note(&context, &permit, note, &form).await?;
    api::go_to(&format!("/office/invoices/{note}?done=recorded"));
    Ok(())
}

/// The store's filter for a list's address: the newest first, unless it says otherwise.
#[cfg(feature = "ssr")]
fn filter(query: ListQuery) -> InvoiceFilter {
    let (sort, direction) = query.sort.clone().unwrap_or(("issued".to_owned(), Direction::Down));
    let sort = match sort.as_str() {
        "due" => InvoiceSort::Due,
        "total" => InvoiceSort::Total,
        "customer" => InvoiceSort::Customer,
        _ => InvoiceSort::Issued,
    };
    InvoiceFilter {
        standing: query.filter_as("standing"),
        kind: query.filter_as("kind"),
        customer: query.filter_as("customer"),
        contract: query.filter_as("contract"),
        sector: query.filter_as("sector"),
        currency: query.filter_as("currency"),
        age: query.filter_as("age"),
        from: query.filter_as("from"),
        to: query.filter_as("to"),
        search: Some(query.search),
        sort,
        direction,
        page: query.page,
    }
}
