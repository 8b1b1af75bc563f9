//! Invoices to look at.

use domain::ids::InvoiceId;
use domain::views::invoices::{InvoiceDetail, InvoiceFilter, InvoiceRow};
use domain::views::list::Page;

use crate::permit::{Permit, SeeInvoices};
use crate::{Context, Result};

pub async fn list(
    context: &Context,
    _permit: &Permit<SeeInvoices>,
    filter: &InvoiceFilter,
) -> Result<Page<InvoiceRow>> {
    let mut connection = context.connection().await?;
    Ok(store::invoices::list(&mut connection, filter, context.clock.today()).await?)
}

pub async fn show(context: &Context, _permit: &Permit<SeeInvoices>, invoice: InvoiceId) -> Result<InvoiceDetail> {
    let mut connection = context.connection().await?;
    Ok(store::invoices::show(&mut connection, invoice, context.clock.today()).await?)
}
