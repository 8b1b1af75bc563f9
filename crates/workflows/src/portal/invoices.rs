//! The customer's documents and payments.

use domain::failure::Failure;
use domain::ids::InvoiceId;
use domain::invoice::InvoiceState;
use domain::views::invoices::{InvoiceDetail, InvoiceRow};
use domain::views::list::{Direction, Page, PageNumber};
use domain::views::payments::{PaymentFilter, PaymentRow};

use crate::permit::CustomerScope;
use crate::{Context, Result};

/// The customer's invoices and credit notes, newest first.
pub async fn invoices(context: &Context, scope: &CustomerScope, page: PageNumber) -> Result<Page<InvoiceRow>> {
    let mut connection = context.steady_connection().await?;
    Ok(store::invoices::of_customer(&mut connection, scope.customer(), page, context.clock.today()).await?)
}

/// One document.
///
/// # Errors
/// `NotFound` for another's, and for a draft.
pub async fn invoice(context: &Context, scope: &CustomerScope, invoice: InvoiceId) -> Result<InvoiceDetail> {
    let mut connection = context.connection().await?;
    let detail = store::invoices::show(&mut connection, invoice, context.clock.today()).await?;
    let theirs = detail.row.customer == scope.customer() && detail.state != InvoiceState::Draft;
    // Why and by whom money was given back is staff's own matter; that it was, the story and the statement tell.
    if theirs { Ok(InvoiceDetail { refunds: Vec::new(), ..detail }) } else { Err(Failure::NotFound.into()) }
}

/// The customer's payments, newest first.
pub async fn payments(context: &Context, scope: &CustomerScope, page: PageNumber) -> Result<Page<PaymentRow>> {
    let mut connection = context.connection().await?;
    let filter = PaymentFilter {
        customer: Some(scope.customer()),
        direction: Direction::Down,
        page,
        ..PaymentFilter::default()
    };
    Ok(store::payments_list::list(&mut connection, &filter).await?.page)
}
