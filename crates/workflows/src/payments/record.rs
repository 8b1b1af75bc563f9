//! A payment at the counter.

use chrono::NaiveDate;
use domain::failure::{Failure, FormCheck, Problem, optional, required};
use domain::ids::{CustomerId, InvoiceId, QuoteId};
use domain::invoice::PaymentMethod;
use domain::views::payments::{NewPayment, PaymentTaken};
use store::payments_settled;

use super::count::{Counted, count, currency_for};
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
    let payment = understand(context, &mut transaction, form).await?;
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

/// Reads the form, and locks the customer: what the money is counted as depends on what is owed.
async fn understand(context: &Context, transaction: &mut store::Transaction, form: NewPayment) -> Result<Payment> {
    let mut check = FormCheck::default();
    let customer: Option<CustomerId> = check.take("customer", domain::form::choice(&form.customer));
    if let Some(customer) = customer {
        store::payments::lock_customers(transaction, &[customer]).await?;
    }
    let currency = match check.take("currency", domain::form::optional_choice(&form.currency)).flatten() {
        Some(currency) => currency,
        None => currency_for(transaction, customer.unwrap_or(CustomerId(0)), None).await?,
    };
    let amount = check.take("amount", domain::form::amount(&form.amount, currency));
    let method = check.take("method", domain::form::choice(&form.method));
    let reference = check.take("reference", reference(&form.reference, method));
    let received_on = check.take("received_on", received_on(context, &form.received_on));
    let invoice = check.take("invoice", invoice(&form.invoice, method));
    let idempotency_key = check.take("idempotency_key", required(&form.idempotency_key, 64));
    let typed = check
        .answer((|| Some((customer?, amount?, method?, reference?, received_on?, invoice?, idempotency_key?)))())?;
    let (customer, tendered, method, reference, received_on, invoice, idempotency_key) = typed;
    let Counted { amount, tender, tax } = count(transaction, customer, tendered, method, received_on).await?;
    Ok(Payment { customer, amount, tender, tax, invoice, method, reference, received_on, idempotency_key })
}

/// A certificate of retention is of one invoice.
fn invoice(text: &str, method: Option<PaymentMethod>) -> Result<Option<InvoiceId>, Problem> {
    match domain::form::optional_choice(text)? {
        None if method.is_some_and(PaymentMethod::is_withholding) => Err(Problem::Required),
        invoice => Ok(invoice),
    }
}

/// A transfer is known by its reference, a retention by the number of its certificate: without one it could be reported
/// twice.
fn reference(text: &str, method: Option<PaymentMethod>) -> Result<String, Problem> {
    match method {
        Some(PaymentMethod::Transfer | PaymentMethod::VatWithholding | PaymentMethod::IncomeWithholding) => {
            required(text, 80)
        }
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
    if payment.method.is_withholding() {
        let (customer, method, number) = (payment.customer, payment.method, payment.reference.as_str());
        if let Some(by) = payments_settled::receipt_of_certificate(transaction, customer, method, number).await? {
            return Err(Failure::field("reference", Problem::Taken { by }).into());
        }
        refuse_more_than_is_owed(transaction, payment).await?;
    }
    Ok(None)
}

/// Nobody is owed anything for a tax that was kept: a retention settles at most its invoice.
async fn refuse_more_than_is_owed(transaction: &mut store::Transaction, payment: &Payment) -> Result<()> {
    let owed = store::payments::owed_invoices(transaction, payment.customer).await?;
    let chosen = owed.iter().find(|owed| Some(owed.invoice.invoice) == payment.invoice);
    let most = chosen.ok_or_else(|| Failure::field("invoice", Problem::UnknownChoice))?.invoice.open;
    match payment.amount.checked_cmp(most) {
        Ok(order) if order.is_le() => Ok(()),
        _ => Err(Failure::field("amount", Problem::MoreThan { most }).into()),
    }
}
