//! Takes an invoice back that should not have been issued, while nothing has paid any of it.

use domain::failure::{Blocker, Failure, required};
use domain::ids::InvoiceId;
use domain::invoice::{DocumentKind, InvoiceState};
use domain::timeline::Event;

use crate::collections::{Cuts, reconcile_overdue_holds};
use crate::permit::{Permit, VoidInvoices};
use crate::record::{Subject, audit, tell};
use crate::{Context, Error, Result};

/// Voids an issued invoice: its number stays used, its periods are free to be billed again (the next run bills them, if
/// they are the newest of their lines), and holds that only it justified are lifted.
///
/// # Errors
/// `Fields` (a reason is required), `DocumentIssued` for what is not an issued invoice, `Blocked(HasAllocations)`.
pub async fn void(context: &Context, permit: &Permit<VoidInvoices>, invoice: InvoiceId, reason: &str) -> Result<()> {
    let reason = required(reason, 500).map_err(|problem| Failure::field("reason", problem))?;
    let mut transaction = context.begin().await?;
    let today = context.clock.today();
    let before = store::invoices::show(&mut transaction, invoice, today).await?;
    store::payments::lock_customers(&mut transaction, &[before.row.customer]).await?;
    if before.state != InvoiceState::Issued || before.row.kind != DocumentKind::Invoice {
        return Err(Failure::DocumentIssued.into());
    }
    store::invoices::void(&mut transaction, invoice, &reason, today).await.map_err(|error| match error {
        store::Error::Refused { .. } => Error::Refused(Failure::Blocked { what: Blocker::HasAllocations }),
        error => error.into(),
    })?;
    if let Some(contract) = before.row.contract {
        for line in store::billing::billable_lines(&mut transaction, contract).await? {
            store::billing::set_next_invoice_on(&mut transaction, line.id, line.next_invoice_on()).await?;
        }
        reconcile_overdue_holds(context, &mut transaction, permit.actor(), contract, today, Cuts::Leave).await?;
        let number = before.row.number.clone().unwrap_or_default();
        let event = Event::InvoiceVoided { invoice, number, reason };
        tell(context, &mut transaction, permit.actor(), before.row.customer, contract, &event).await?;
    }
    let after = store::invoices::show(&mut transaction, invoice, today).await?;
    let subject = Subject { kind: "invoice", id: invoice.0 };
    audit(context, &mut transaction, permit, subject, Some(&before.row), Some(&after.row)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
