//! Writing down money that came in, by whatever way.

use chrono::{Datelike, NaiveDate};
use domain::exchange::{PaymentTax, Tender};
use domain::failure::{Failure, Problem};
use domain::ids::{CustomerId, InvoiceId, PaymentId};
use domain::invoice::{Allocation, PaymentMethod};
use domain::money::Money;
use domain::views::payments::PaymentTaken;
use serde::Serialize;
use store::payments::CreditSource;

use crate::collections::{Cuts, reconcile_overdue_holds};
use crate::permit::Actor;
use crate::{Context, Error, Result, billing};

/// Money that came in.
#[derive(Debug, Serialize)]
pub(crate) struct Payment {
    pub customer: CustomerId,
    /// What pays invoices.
    pub amount: Money,
    /// What was handed over, when it was another currency.
    pub tender: Option<Tender>,
    /// On top of it.
    pub tax: Option<PaymentTax>,
    /// Paid before all others.
    pub invoice: Option<InvoiceId>,
    pub method: PaymentMethod,
    pub reference: String,
    pub received_on: NaiveDate,
    pub idempotency_key: String,
}

/// Makes the payment, pays the customer's oldest debts with it, and lifts what only they held. The caller has locked the
/// customer, looked whether the payment was made before, and audits.
///
/// # Errors
/// `Fields` with a reference that another transfer has; `NotFound`.
pub(crate) async fn take(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    payment: &Payment,
) -> Result<PaymentTaken> {
    let taken = write_down(context, transaction, actor, payment).await?;
    if let Some(invoice) = payment.invoice {
        pay_first(context, transaction, taken.payment, payment.amount, invoice).await?;
    }
    billing::allocate_credit(transaction, &[payment.customer], context.clock.today()).await?;
    reconcile(context, transaction, actor, payment.customer, Cuts::Leave).await?;
    Ok(taken)
}

/// The same for several invoices that are paid before all others, in this order; those that are paid by now are passed by.
pub(crate) async fn take_for_invoices(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    payment: &Payment,
    invoices: &[InvoiceId],
) -> Result<PaymentTaken> {
    let taken = write_down(context, transaction, actor, payment).await?;
    let mut left = payment.amount;
    for chosen in invoices {
        let payable = store::payments_settled::payable(transaction, taken.payment).await?;
        let Some(open) = payable.iter().find(|found| found.invoice == *chosen && found.open.is_positive()) else {
            continue;
        };
        let amount = left.checked_min(open.open).map_err(Error::internal)?;
        left = left.checked_sub(amount).map_err(Error::internal)?;
        if amount.is_positive() {
            let allocation = Allocation { source: CreditSource::Payment(taken.payment), invoice: *chosen, amount };
            store::payments::allocate(transaction, context.clock.today(), &[allocation]).await?;
        }
    }
    billing::allocate_credit(transaction, &[payment.customer], context.clock.today()).await?;
    reconcile(context, transaction, actor, payment.customer, Cuts::Leave).await?;
    Ok(taken)
}

/// As much of the chosen invoice as the payment has.
async fn pay_first(
    context: &Context,
    transaction: &mut store::Transaction,
    payment: PaymentId,
    amount: Money,
    invoice: InvoiceId,
) -> Result<()> {
    let payable = store::payments_settled::payable(transaction, payment).await?;
    let open = payable.iter().find(|found| found.invoice == invoice).map(|found| found.open);
    let open = open.ok_or_else(|| Failure::field("invoice", Problem::UnknownChoice))?;
    let amount = amount.checked_min(open).map_err(Error::internal)?;
    let allocation = Allocation { source: CreditSource::Payment(payment), invoice, amount };
    Ok(store::payments::allocate(transaction, context.clock.today(), &[allocation]).await?)
}

/// Brings the overdue holds of all of a customer's contracts in step with what is owed now.
pub(crate) async fn reconcile(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    customer: CustomerId,
    cuts: Cuts,
) -> Result<()> {
    let today = context.clock.today();
    for contract in store::holds::active_contracts(transaction, customer).await? {
        reconcile_overdue_holds(context, transaction, actor, contract, today, cuts).await?;
    }
    Ok(())
}

/// The same transfer is one payment: neither what was recorded nor what waits for a review is taken again.
///
/// # Errors
/// `Fields`: `reference` is `Taken`, by a receipt or by the number of the report.
pub(crate) async fn refuse_known_transfer(transaction: &mut store::Transaction, reference: &str) -> Result<()> {
    let recorded = store::payments::receipt_of_transfer(transaction, reference).await?;
    let by = match recorded {
        Some(receipt) => Some(receipt),
        None => store::transfer_reports::in_review_with(transaction, reference).await?.map(|id| id.code()),
    };
    match by {
        Some(by) => Err(Failure::field("reference", Problem::Taken { by }).into()),
        None => Ok(()),
    }
}

pub(crate) async fn write_down(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    payment: &Payment,
) -> Result<PaymentTaken> {
    let today = context.clock.today();
    let pattern = store::billing::number_pattern(transaction, "receipt").await?;
    let n = store::billing::take_numbers(transaction, "receipt", today.year(), 1).await?;
    let receipt = pattern.number(today, n);
    let row = store::payments::NewPayment {
        customer: payment.customer,
        receipt: &receipt,
        received_on: payment.received_on,
        method: payment.method,
        reference: &payment.reference,
        amount: payment.amount,
        recorded_at: context.clock.now(),
        recorded_by: actor.user_id(),
        idempotency_key: &payment.idempotency_key,
    };
    let id: PaymentId = store::payments::add(transaction, &row).await.map_err(|error| match error {
        store::Error::Taken { ref constraint }
            if constraint == "payments_transfer_reference" || constraint == "payments_certificate" =>
        {
            Error::Refused(Failure::field("reference", Problem::Taken { by: payment.reference.clone() }))
        }
        store::Error::Refused { ref constraint, .. } if constraint == "payments_customer_id_fkey" => {
            Error::Refused(Failure::NotFound)
        }
        error => error.into(),
    })?;
    if let Some(tender) = &payment.tender {
        store::payments_settled::add_tender(transaction, id, tender).await?;
    }
    if let Some(tax) = &payment.tax {
        store::payments_settled::add_tax(transaction, id, tax).await?;
    }
    Ok(PaymentTaken { payment: id, receipt })
}
