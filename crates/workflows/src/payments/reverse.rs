//! A payment that bounced: the money never came, or was taken back by the bank.

use chrono::NaiveDate;
use domain::failure::{Blocker, Failure, FormCheck, Problem, required};
use domain::form;
use domain::ids::PaymentId;
use domain::invoice::Allocation;
use domain::money::Money;
use domain::views::payments::{PaymentRow, ReversalForm};
use serde::Serialize;
use store::payments::CreditSource;
use store::payments_settled::{self, NewReversal};

use super::{locked, take::reconcile};
use crate::collections::Cuts;
use crate::permit::{Actor, Permit, ReversePayments};
use crate::record::{Subject, audit};
use crate::{Context, Result, billing};

/// When and why the money is gone, and what that cost.
#[derive(Debug, Serialize)]
pub(crate) struct Bounced {
    pub on: NaiveDate,
    pub reason: String,
    pub fee: Option<Money>,
}

/// Takes back by opposite rows what the payment paid, lets other credit of the customer pay instead, and puts the overdue
/// holds back that the policy wants, at once. A payment that bounced before stays as it is.
///
/// # Errors
/// `Fields`; `Blocked(HasRefunds)` when some of it was given back; `NotFound`.
pub async fn reverse(
    context: &Context,
    permit: &Permit<ReversePayments>,
    payment: PaymentId,
    form: &ReversalForm,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    let detail = locked(&mut transaction, payment).await?;
    if detail.reversal.is_some() {
        return Ok(());
    }
    if !detail.refunds.is_empty() {
        return Err(Failure::Blocked { what: Blocker::HasRefunds }.into());
    }
    let today = context.clock.today();
    let bounced = understand(form, &detail.row, today)?;
    bounce(context, &mut transaction, permit.actor(), &detail.row, &bounced).await?;
    let subject = Subject { kind: "payment", id: payment.0 };
    audit(context, &mut transaction, permit, subject, Some(&detail.row), Some(&bounced)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Takes the money back, in the transaction of whoever knows that it is gone and has locked the customer.
///
/// # Errors
/// `Refused` by the store while some of it was given back.
pub(crate) async fn bounce(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    payment: &PaymentRow,
    bounced: &Bounced,
) -> Result<()> {
    let today = context.clock.today();
    take_back(transaction, payment.id, today).await?;
    let reversal = NewReversal {
        payment: payment.id,
        on: bounced.on,
        reason: &bounced.reason,
        fee: bounced.fee,
        at: context.clock.now(),
        by: actor.user_id(),
    };
    payments_settled::add_reversal(transaction, &reversal).await?;
    billing::allocate_credit(transaction, &[payment.customer], today).await?;
    reconcile(context, transaction, actor, payment.customer, Cuts::Make).await
}

async fn take_back(transaction: &mut store::Transaction, payment: PaymentId, today: NaiveDate) -> Result<()> {
    let paid = payments_settled::payable(transaction, payment).await?;
    let opposite = paid.into_iter().filter(|invoice| !invoice.paid.is_zero()).map(|invoice| Allocation {
        source: CreditSource::Payment(payment),
        invoice: invoice.invoice,
        amount: -invoice.paid,
    });
    Ok(store::payments::allocate(transaction, today, &opposite.collect::<Vec<_>>()).await?)
}

fn understand(reversal: &ReversalForm, payment: &PaymentRow, today: NaiveDate) -> Result<Bounced, Failure> {
    let mut check = FormCheck::default();
    let on = check.take("on", form::date(&reversal.on).and_then(|date| between(date, payment.received_on, today)));
    let reason = check.take("reason", required(&reversal.reason, 500));
    let fee = check.take("fee", fee(&reversal.fee, payment.amount));
    check.answer((|| Some(Bounced { on: on?, reason: reason?, fee: fee? }))())
}

/// It bounced after it came, and not after today.
fn between(date: NaiveDate, received_on: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Problem> {
    match date {
        date if date > today => Err(Problem::InTheFuture),
        date if date < received_on => Err(Problem::OutOfOrder),
        date => Ok(date),
    }
}

fn fee(typed: &str, payment: Money) -> Result<Option<Money>, Problem> {
    match typed.trim() {
        "" => Ok(None),
        typed => form::amount(typed, payment.currency()).map(Some),
    }
}
