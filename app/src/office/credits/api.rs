//! What the page of a credit note to be asks the server.

use domain::ids::InvoiceId;
use domain::views::credits::{CreditForm, Creditable};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
#[cfg(feature = "ssr")]
use {crate::api, workflows::invoices, workflows::permit::CreditInvoices};

#[server(input = GetUrl)]
pub async fn open_credit(invoice: InvoiceId) -> Result<Creditable, AppError> {
    let (context, permit) = api::permit::<CreditInvoices>()?;
    Ok(invoices::creditable(&context, &permit, invoice).await?)
}

#[server]
pub async fn credit_invoice(invoice: InvoiceId, form: CreditForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<CreditInvoices>()?;
    let note = invoices::credit(&context, &permit, invoice, &form).await?;
    api::go_to(&format!("/office/invoices/{note}?done=created"));
    Ok(())
}
