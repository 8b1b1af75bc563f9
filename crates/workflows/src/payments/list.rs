//! Payments to look at.

use domain::ids::PaymentId;
use domain::views::payments::{AllocationOffer, PaymentDetail, PaymentFilter, PaymentList};

use crate::permit::{AllocatePayments, Permit, SeePayments};
use crate::record::fresh_key;
use crate::{Context, Result};

pub async fn list(context: &Context, _permit: &Permit<SeePayments>, filter: &PaymentFilter) -> Result<PaymentList> {
    let mut connection = context.connection().await?;
    Ok(store::payments_list::list(&mut connection, filter).await?)
}

pub async fn show(context: &Context, _permit: &Permit<SeePayments>, payment: PaymentId) -> Result<PaymentDetail> {
    let mut connection = context.connection().await?;
    let detail = store::payments_list::show(&mut connection, payment).await?;
    Ok(PaymentDetail { idempotency_key: fresh_key(), ..detail })
}

/// What a payment pays and could pay.
///
/// # Errors
/// `NotFound`.
pub async fn begin_allocation(
    context: &Context,
    _permit: &Permit<AllocatePayments>,
    payment: PaymentId,
) -> Result<AllocationOffer> {
    let mut connection = context.connection().await?;
    let row = store::payments_list::show(&mut connection, payment).await?.row;
    Ok(AllocationOffer { row, payable: store::payments_settled::payable(&mut connection, payment).await? })
}
