//! The money is there: the report becomes a payment.

use domain::ids::TransferReportId;
use domain::invoice::PaymentMethod;
use domain::transfer::TransferState;
use domain::views::payments::PaymentTaken;
use domain::views::transfers::TransferRow;
use store::transfer_reports::{self, Decided};

use super::{already_decided, subject};
use crate::payments::{Payment, take};
use crate::permit::{Permit, ReviewTransfers};
use crate::record::audit;
use crate::{Context, Result};

/// Makes the payment, pays the oldest debts with it and lifts what only they held, all in one transaction. Approving twice
/// is one payment.
///
/// # Errors
/// `Blocked(AlreadyDecided)` for what was rejected, `NotFound`.
pub async fn approve(
    context: &Context,
    permit: &Permit<ReviewTransfers>,
    report: TransferReportId,
) -> Result<PaymentTaken> {
    let mut transaction = context.begin().await?;
    let now = context.clock.now();
    // Customers are locked before anything of theirs, everywhere.
    let customer = transfer_reports::show(&mut transaction, report, now).await?.row.customer.id;
    store::payments::lock_customers(&mut transaction, &[customer]).await?;
    let before = transfer_reports::lock(&mut transaction, report, now).await?.row;
    if let Some(payment) = before.payment {
        return Ok(PaymentTaken { payment: payment.id, receipt: payment.name });
    }
    if before.state != TransferState::InReview {
        return Err(already_decided());
    }
    let taken = take(context, &mut transaction, permit.actor(), &payment(&before)).await?;
    let decided = Decided { at: now, by: permit.actor().user_id() };
    transfer_reports::approve(&mut transaction, report, taken.payment, decided).await?;
    let after = transfer_reports::show(&mut transaction, report, now).await?.row;
    audit(context, &mut transaction, permit, subject(report), Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(taken)
}

fn payment(report: &TransferRow) -> Payment {
    Payment {
        customer: report.customer.id,
        amount: report.amount,
        method: PaymentMethod::Transfer,
        reference: report.reference.clone(),
        received_on: report.paid_on,
        idempotency_key: format!("transfer-report-{}", report.id),
    }
}
