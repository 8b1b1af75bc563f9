//! Money back to the customer: what is unused of a payment, or of a credit note.

use chrono::NaiveDate;
use domain::failure::{Blocker, Failure, FormCheck, Problem, optional, required};
use domain::form;
use domain::ids::{InvoiceId, PaymentId};
use domain::invoice::{DocumentKind, InvoiceState, PaymentMethod};
use domain::money::Money;
use domain::views::payments::RefundForm;
use serde::Serialize;
use store::payments::CreditSource;
use store::payments_settled::{self, NewRefund};

use super::locked;
use crate::permit::{Permit, RefundPayments};
use crate::record::{Subject, audit};
use crate::{Context, Result};

/// The form, understood.
#[derive(Debug, Serialize)]
struct GivenBack {
    amount: Money,
    method: PaymentMethod,
    reference: String,
    reason: String,
    on: NaiveDate,
}

/// Writes down that money was given back. The same form sent twice gives back once.
///
/// # Errors
/// `Fields`, among them more than is unused; `Blocked(NothingUnused)`; `NotFound`.
pub async fn refund(
    context: &Context,
    permit: &Permit<RefundPayments>,
    payment: PaymentId,
    form: &RefundForm,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    let row = locked(&mut transaction, payment).await?.row;
    if payments_settled::was_refunded(&mut transaction, &form.idempotency_key).await? {
        return Ok(());
    }
    // What the tax office has is not the provider's to give back.
    if !row.unused.is_positive() || row.method.is_withholding() {
        return Err(Failure::Blocked { what: Blocker::NothingUnused }.into());
    }
    let source = CreditSource::Payment(payment);
    let given = give_back(context, &mut transaction, permit, source, row.unused, form).await?;
    let subject = Subject { kind: "payment", id: payment.0 };
    audit(context, &mut transaction, permit, subject, Some(&row), Some(&given)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// The same for what is unused of a credit note.
///
/// # Errors
/// `Fields`, among them more than is unused; `Blocked(NothingUnused)`; `NotFound`, also for what is no credit note.
pub async fn refund_credit_note(
    context: &Context,
    permit: &Permit<RefundPayments>,
    note: InvoiceId,
    form: &RefundForm,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    let today = context.clock.today();
    let customer = store::invoices::show(&mut transaction, note, today).await?.row.customer;
    store::payments::lock_customers(&mut transaction, &[customer]).await?;
    let detail = store::invoices::show(&mut transaction, note, today).await?;
    if detail.row.kind != DocumentKind::CreditNote {
        return Err(Failure::NotFound.into());
    }
    if payments_settled::was_refunded(&mut transaction, &form.idempotency_key).await? {
        return Ok(());
    }
    if detail.state != InvoiceState::Issued || !detail.row.open.is_positive() {
        return Err(Failure::Blocked { what: Blocker::NothingUnused }.into());
    }
    let source = CreditSource::CreditNote(note);
    let given = give_back(context, &mut transaction, permit, source, detail.row.open, form).await?;
    let subject = Subject { kind: "invoice", id: note.0 };
    audit(context, &mut transaction, permit, subject, Some(&detail.row), Some(&given)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn give_back(
    context: &Context,
    transaction: &mut store::Transaction,
    permit: &Permit<RefundPayments>,
    source: CreditSource,
    unused: Money,
    form: &RefundForm,
) -> Result<GivenBack> {
    let given = understand(form, unused, context.clock.today())?;
    let refund = NewRefund {
        source,
        amount: given.amount,
        method: given.method,
        reference: &given.reference,
        reason: &given.reason,
        on: given.on,
        at: context.clock.now(),
        by: permit.actor().user_id(),
        idempotency_key: &form.idempotency_key,
    };
    payments_settled::add_refund(transaction, &refund).await?;
    Ok(given)
}

fn understand(refund: &RefundForm, unused: Money, today: NaiveDate) -> Result<GivenBack, Failure> {
    let mut check = FormCheck::default();
    let amount = check.take("amount", amount(&refund.amount, unused));
    let method: Option<PaymentMethod> = check.take("method", form::choice(&refund.method).and_then(money_only));
    let reference = match method {
        Some(PaymentMethod::Transfer) => check.take("reference", required(&refund.reference, 80)),
        _ => check.take("reference", optional(&refund.reference, 80)).map(Option::unwrap_or_default),
    };
    let reason = check.take("reason", required(&refund.reason, 500));
    check.take("idempotency_key", required(&refund.idempotency_key, 64));
    check.answer((|| {
        Some(GivenBack { amount: amount?, method: method?, reference: reference?, reason: reason?, on: today })
    })())
}

fn money_only(method: PaymentMethod) -> Result<PaymentMethod, Problem> {
    if method.is_withholding() { Err(Problem::UnknownChoice) } else { Ok(method) }
}

/// Never more than is unused.
fn amount(typed: &str, unused: Money) -> Result<Money, Problem> {
    let amount = form::amount(typed, unused.currency())?;
    match amount.checked_cmp(unused) {
        Ok(order) if order.is_le() => Ok(amount),
        _ => Err(Problem::MoreThan { most: unused }),
    }
}
