//! Reports to look at.

use domain::ids::TransferReportId;
use domain::transfer::TransferState;
use domain::views::list::{Page, PageNumber};
use domain::views::transfers::{TransferDetail, TransferFilter, TransferList, TransferRow};

use crate::payments::counter_of;
use crate::permit::{CustomerScope, Permit, SeePayments};
use crate::{Context, Result};

pub async fn list(context: &Context, _: &Permit<SeePayments>, filter: &TransferFilter) -> Result<TransferList> {
    let mut connection = context.connection().await?;
    Ok(store::transfer_reports::list(&mut connection, filter, context.clock.now()).await?)
}

/// One report; while it is under review, with what the customer owes, so that the screen can say what approving does.
///
/// # Errors
/// `NotFound`.
pub async fn show(context: &Context, _: &Permit<SeePayments>, report: TransferReportId) -> Result<TransferDetail> {
    let mut connection = context.connection().await?;
    let mut detail = store::transfer_reports::show(&mut connection, report, context.clock.now()).await?;
    if detail.row.state == TransferState::InReview {
        detail.counter = Some(counter_of(context, &mut connection, detail.row.customer.id).await?);
    }
    Ok(detail)
}

/// The customer's own, the newest first.
pub async fn mine(context: &Context, scope: &CustomerScope, page: PageNumber) -> Result<Page<TransferRow>> {
    let mut connection = context.connection().await?;
    let filter = TransferFilter { customer: Some(scope.customer()), page, ..TransferFilter::default() };
    Ok(store::transfer_reports::list(&mut connection, &filter, context.clock.now()).await?.page)
}
