//! The money is there: the report becomes a payment.

use domain::ids::{PaymentId, TransferReportId};
use domain::invoice::PaymentMethod;
use domain::message::Purpose;
use domain::transfer::TransferState;
use domain::views::payments::PaymentTaken;
use domain::views::transfers::TransferRow;
use store::transfer_reports::{self, Decided};

use super::{already_decided, subject, tell_decided};
use crate::payments::{Payment, count, take};
use crate::permit::{BookStatements, Permit, ReviewTransfers, Verb};
use crate::record::audit;
use crate::{Context, Result};

/// Makes the payment, pays the oldest debts with it, lifts what only they held and tells the customer, all in one
/// transaction. Approving twice is one payment.
///
/// # Errors
/// `Blocked(AlreadyDecided)` for what was rejected, `NotFound`.
pub async fn approve(
    context: &Context,
    permit: &Permit<ReviewTransfers>,
    report: TransferReportId,
) -> Result<PaymentTaken> {
    let mut transaction = context.begin().await?;
    let taken = approve_with(context, &mut transaction, permit, report).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(taken)
}

/// The same for whoever found the money on the bank's account, in their transaction.
///
/// # Errors
/// As above.
pub(crate) async fn approve_within(
    context: &Context,
    transaction: &mut store::Transaction,
    permit: &Permit<BookStatements>,
    report: TransferReportId,
) -> Result<PaymentId> {
    Ok(approve_with(context, transaction, permit, report).await?.payment)
}

async fn approve_with<V: Verb>(
    context: &Context,
    transaction: &mut store::Transaction,
    permit: &Permit<V>,
    report: TransferReportId,
) -> Result<PaymentTaken> {
    let now = context.clock.now();
    // Customers are locked before anything of theirs, everywhere.
    let customer = transfer_reports::show(transaction, report, now).await?.row.customer.id;
    store::payments::lock_customers(transaction, &[customer]).await?;
    let before = transfer_reports::lock(transaction, report, now).await?.row;
    if let Some(payment) = before.payment {
        return Ok(PaymentTaken { payment: payment.id, receipt: payment.name });
    }
    if before.state != TransferState::InReview {
        return Err(already_decided());
    }
    let payment = payment(transaction, &before).await?;
    let taken = take(context, transaction, permit.actor(), &payment).await?;
    let decided = Decided { at: now, by: permit.actor().user_id() };
    transfer_reports::approve(transaction, report, taken.payment, decided).await?;
    let after = transfer_reports::show(transaction, report, now).await?.row;
    audit(context, transaction, permit, subject(report), Some(&before), Some(&after)).await?;
    let values = vec![("number", taken.receipt.clone())];
    tell_decided(context, transaction, &after, Purpose::TransferApproved, values).await?;
    Ok(taken)
}

/// What was transferred, counted at the rate of its day.
async fn payment(transaction: &mut store::Transaction, report: &TransferRow) -> Result<Payment> {
    let (customer, method) = (report.customer.id, PaymentMethod::Transfer);
    let counted = count(transaction, customer, report.amount, method, report.paid_on).await?;
    Ok(Payment {
        customer,
        amount: counted.amount,
        tender: counted.tender,
        tax: counted.tax,
        invoice: None,
        method,
        reference: report.reference.clone(),
        received_on: report.paid_on,
        idempotency_key: format!("transfer-report-{}", report.id),
    })
}
