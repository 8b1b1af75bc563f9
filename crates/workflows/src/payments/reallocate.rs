//! A person chooses which invoices a payment pays.

use domain::failure::{Blocker, Failure};
use domain::ids::PaymentId;
use domain::invoice::Allocation;
use domain::settlement;
use domain::views::payments::AllocationForm;
use store::payments::CreditSource;
use store::payments_settled::payable;

use super::{locked, take::reconcile};
use crate::collections::Cuts;
use crate::permit::{AllocatePayments, Permit};
use crate::record::{Subject, audit};
use crate::{Context, Result};

/// Brings what the payment pays to what the form wants, by rows for the differences; holds follow at once. What stays
/// unused pays the next debt by itself, as always.
///
/// # Errors
/// `Fields`, `NotFound`; `Blocked(Withheld)`: a certificate stays with the invoice that it names.
pub async fn reallocate(
    context: &Context,
    permit: &Permit<AllocatePayments>,
    payment: PaymentId,
    form: &AllocationForm,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    let row = locked(&mut transaction, payment).await?.row;
    if row.method.is_withholding() {
        return Err(Failure::Blocked { what: Blocker::Withheld }.into());
    }
    let before = payable(&mut transaction, payment).await?;
    let changes = settlement::reallocate(form, &before, row.unused)?;
    let source = CreditSource::Payment(payment);
    let rows: Vec<_> = changes
        .iter()
        .map(|(invoice, amount)| Allocation { source, invoice: invoice.invoice, amount: *amount })
        .collect();
    store::payments::allocate(&mut transaction, context.clock.today(), &rows).await?;
    reconcile(context, &mut transaction, permit.actor(), row.customer, Cuts::Leave).await?;
    let after = payable(&mut transaction, payment).await?;
    let subject = Subject { kind: "payment", id: payment.0 };
    audit(context, &mut transaction, permit, subject, Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
