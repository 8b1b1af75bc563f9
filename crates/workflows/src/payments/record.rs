//! A payment at the counter.

use chrono::NaiveDate;
use domain::failure::{Failure, FormCheck, Problem, optional, required};
use domain::ids::QuoteId;
use domain::invoice::PaymentMethod;
use domain::money::Currency;
use domain::views::payments::{NewPayment, PaymentTaken};

use super::take::{Payment, refuse_known_transfer, take};
use crate::permit::{Permit, RecordPayments};
use crate::record::{Subject, audit};
use crate::{Context, Result, quotes};

/// Writes a payment down, pays the customer's oldest debts with it (the rest stays credit), and lifts what only that debt
/// held: reconnection does not wait for the night. The same form sent twice is one payment.
///
/// # Errors
/// `Fields`, among them a transfer whose reference was recorded before (`Taken` by its receipt) or waits for a review
/// (`Taken` by its report); `NotFound`.
pub async fn record(context: &Context, permit: &Permit<RecordPayments>, form: NewPayment) -> Result<PaymentTaken> {
    record_for(context, permit, form, None).await
}

/// The same for a payment that may name a quote: then it agrees to the quote, and is kept for its invoice.
pub(crate) async fn record_for(
    context: &Context,
    permit: &Permit<RecordPayments>,
    form: NewPayment,
    quote: Option<QuoteId>,
) -> Result<PaymentTaken> {
    let mut transaction = context.begin().await?;
    let currency = store::company::get(&mut transaction).await?.currency;
    let payment = understand(context, form, currency)?;
    store::payments::lock_customers(&mut transaction, &[payment.customer]).await?;
    if let Some(taken) = taken_before(&mut transaction, &payment).await? {
        return Ok(taken);
    }
    let taken = match quote {
        None => take(context, &mut transaction, permit.actor(), &payment).await?,
        Some(quote) => quotes::take_for(context, &mut transaction, permit.actor(), &payment, quote).await?,
    };
    let subject = Subject { kind: "payment", id: taken.payment.0 };
    audit(context, &mut transaction, permit, subject, None::<&()>, Some(&payment)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(taken)
}

fn understand(context: &Context, form: NewPayment, currency: Currency) -> Result<Payment, Failure> {
    let mut check = FormCheck::default();
    let customer = check.take("customer", domain::form::choice(&form.customer));
    let amount = check.take("amount", domain::form::amount(&form.amount, currency));
    let method = check.take("method", domain::form::choice(&form.method));
    let reference = check.take("reference", reference(&form.reference, method));
    let received_on = check.take("received_on", received_on(context, &form.received_on));
    let idempotency_key = check.take("idempotency_key", required(&form.idempotency_key, 64));
    check.finish()?;
    match (customer, amount, method, reference, received_on, idempotency_key) {
        (Some(customer), Some(amount), Some(method), Some(reference), Some(received_on), Some(idempotency_key)) => {
            Ok(Payment { customer, amount, method, reference, received_on, idempotency_key })
        }
        _ => Err(Failure::Fields { fields: Vec::new() }),
    }
}

/// A transfer is known by its reference: without one it could be reported twice.
fn reference(text: &str, method: Option<PaymentMethod>) -> Result<String, Problem> {
    match method {
        Some(PaymentMethod::Transfer) => required(text, 80),
        _ => Ok(optional(text, 80)?.unwrap_or_default()),
    }
}

fn received_on(context: &Context, text: &str) -> Result<NaiveDate, Problem> {
    let today = context.clock.today();
    match optional(text, 10)? {
        None => Ok(today),
        Some(text) => {
            let date: NaiveDate = text.parse().map_err(|_| Problem::NotADate)?;
            if date <= today && date > today - chrono::Days::new(366) { Ok(date) } else { Err(Problem::OutOfRange) }
        }
    }
}

/// What the same form, or the same transfer, came to before.
async fn taken_before(transaction: &mut store::Transaction, payment: &Payment) -> Result<Option<PaymentTaken>> {
    if let Some((payment, receipt)) = store::payments::by_idempotency_key(transaction, &payment.idempotency_key).await?
    {
        return Ok(Some(PaymentTaken { payment, receipt }));
    }
    if payment.method == PaymentMethod::Transfer {
        refuse_known_transfer(transaction, &payment.reference).await?;
    }
    Ok(None)
}
