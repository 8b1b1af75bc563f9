//! A payment at the counter.

use chrono::{Datelike, NaiveDate};
use domain::failure::{Failure, FormCheck, Problem, optional, required};
use domain::ids::{CustomerId, PaymentId};
use domain::invoice::PaymentMethod;
use domain::money::{Currency, Money};
use domain::views::payments::{NewPayment, PaymentTaken};
use serde::Serialize;

use crate::permit::{Actor, Permit, RecordPayments};
use crate::record::{Subject, audit};
use crate::{Context, Error, Result, billing, collections};

/// The form, understood.
#[derive(Debug, Serialize)]
struct Payment {
    customer: CustomerId,
    amount: Money,
    method: PaymentMethod,
    reference: String,
    received_on: NaiveDate,
    idempotency_key: String,
}

/// Writes a payment down, pays the customer's oldest debts with it (the rest stays credit), and lifts what only that debt
/// held: reconnection does not wait for the night. The same form sent twice is one payment.
///
/// # Errors
/// `Fields`, among them a transfer whose reference was recorded before (`Taken` by its receipt); `NotFound`.
pub async fn record(context: &Context, permit: &Permit<RecordPayments>, form: NewPayment) -> Result<PaymentTaken> {
    let mut transaction = context.begin().await?;
    let currency = store::company::get(&mut transaction).await?.currency;
    let payment = understand(context, form, currency)?;
    store::payments::lock_customers(&mut transaction, &[payment.customer]).await?;
    if let Some(taken) = taken_before(&mut transaction, &payment).await? {
        return Ok(taken);
    }
    let taken = write_down(context, &mut transaction, permit.actor(), &payment).await?;
    let today = context.clock.today();
    billing::allocate_credit(&mut transaction, &[payment.customer], today).await?;
    for contract in store::holds::active_contracts(&mut transaction, payment.customer).await? {
        collections::reconcile_overdue_holds(context, &mut transaction, permit.actor(), contract, today).await?;
    }
    let subject = Subject { kind: "payment", id: taken.payment.0 };
    audit(context, &mut transaction, permit, subject, None::<&()>, Some(&payment)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(taken)
}

fn understand(context: &Context, form: NewPayment, currency: Currency) -> Result<Payment, Failure> {
    let mut check = FormCheck::default();
    let customer = check.take("customer", domain::form::choice(&form.customer));
    let amount = check.take("amount", amount(&form.amount, currency));
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

fn amount(text: &str, currency: Currency) -> Result<Money, Problem> {
    let amount = domain::price::parse_decimal(&required(text, 20)?).map_err(|_| Problem::NotAnAmount)?;
    let money = Money::exact(amount, currency).map_err(|_| Problem::NotAnAmount)?;
    if money.is_positive() && amount < rust_decimal::Decimal::from(100_000_000) {
        Ok(money)
    } else {
        Err(Problem::OutOfRange)
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
    if payment.method == PaymentMethod::Transfer
        && let Some(receipt) = store::payments::receipt_of_transfer(transaction, &payment.reference).await?
    {
        return Err(Failure::field("reference", Problem::Taken { by: receipt }).into());
    }
    Ok(None)
}

async fn write_down(
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
        store::Error::Taken { ref constraint } if constraint == "payments_transfer_reference" => {
            Error::Refused(Failure::field("reference", Problem::Taken { by: payment.reference.clone() }))
        }
        store::Error::Refused { ref constraint, .. } if constraint == "payments_customer_id_fkey" => {
            Error::Refused(Failure::NotFound)
        }
        error => error.into(),
    })?;
    Ok(PaymentTaken { payment: id, receipt })
}
