//! Money received: written down, allocated to the oldest debt, and felt by the service at once.

mod count;
mod counter;
mod list;
mod reallocate;
mod record;
mod refund;
mod reverse;
mod take;

pub(crate) use count::count;
pub use counter::counter;
pub(crate) use counter::counter_of;
pub use list::{begin_allocation, list, show};
pub use reallocate::reallocate;
pub use record::record;
pub(crate) use record::record_for;
pub use refund::{refund, refund_credit_note};
pub use reverse::reverse;
pub(crate) use reverse::{Bounced, bounce};
pub(crate) use take::{Payment, reconcile, refuse_known_transfer, take, take_for_invoices, write_down};

use domain::ids::PaymentId;
use domain::views::payments::PaymentDetail;

use crate::Result;

/// A payment whose customer's money nobody else moves until the transaction ends.
async fn locked(transaction: &mut store::Transaction, payment: PaymentId) -> Result<PaymentDetail> {
    let customer = store::payments_list::show(transaction, payment).await?.row.customer;
    store::payments::lock_customers(transaction, &[customer]).await?;
    Ok(store::payments_list::show(transaction, payment).await?)
}
