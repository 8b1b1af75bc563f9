//! Payments to look at.

use domain::ids::PaymentId;
use domain::views::payments::{PaymentDetail, PaymentFilter, PaymentList};

use crate::permit::{Permit, SeePayments};
use crate::{Context, Result};

pub async fn list(context: &Context, _permit: &Permit<SeePayments>, filter: &PaymentFilter) -> Result<PaymentList> {
    let mut connection = context.connection().await?;
    Ok(store::payments_list::list(&mut connection, filter).await?)
}

pub async fn show(context: &Context, _permit: &Permit<SeePayments>, payment: PaymentId) -> Result<PaymentDetail> {
    let mut connection = context.connection().await?;
    Ok(store::payments_list::show(&mut connection, payment).await?)
}
