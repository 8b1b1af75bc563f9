//! Invoices to look at.

use domain::ids::InvoiceId;
use domain::views::invoices::{InvoiceDetail, InvoiceFilter, InvoiceList};

use crate::permit::{Permit, SeeInvoices};
use crate::record::fresh_key;
use crate::{Context, Result};

pub async fn list(context: &Context, _permit: &Permit<SeeInvoices>, filter: &InvoiceFilter) -> Result<InvoiceList> {
    let mut connection = context.connection().await?;
    let today = context.clock.today();
    Ok(InvoiceList {
        page: store::invoices::list(&mut connection, filter, today).await?,
        owed: store::invoices::owed(&mut connection, filter, today).await?,
    })
}

pub async fn show(context: &Context, _permit: &Permit<SeeInvoices>, invoice: InvoiceId) -> Result<InvoiceDetail> {
    let mut connection = context.connection().await?;
    let detail = store::invoices::show(&mut connection, invoice, context.clock.today()).await?;
    Ok(InvoiceDetail { refund_key: fresh_key(), ..detail })
}
