//! What the gateway was read to hold becomes money here: once, whatever is read and however often. Nothing is ever
//! changed afterwards: what was wrong is taken back, or given back, by a row of its own.

use domain::gateway::{CardRefundState, DisputeState};
use domain::ids::{CardRefundId, PaymentId, QuoteId};
use domain::invoice::{Allocation, PaymentMethod};
use domain::money::Money;
use domain::views::payments::{PaymentDetail, PaymentTaken};
use store::gateway::intents::{self, Intent};
use store::gateway::refunds::{self, CardRefund, DisputeDone, NewCardRefund, NewDispute};
use store::payments::CreditSource;
use store::payments_settled::NewRefund;

use super::settle::End;
use super::{GATEWAY, new_key};
use crate::collections::Cuts;
use crate::payments::{Bounced, Payment, bounce, reconcile, take, take_for_invoices};
use crate::permit::{RecordPayments, RefundPayments, ReversePayments, Verb};
use crate::ports::gateway::{RemoteDispute, RemoteIntent, RemoteRefund, RemoteRefundState};
use crate::record::{Subject, audit_as};
use crate::{Context, Error, Result, quotes};

/// A payment that was made, and the quote that it agreed to.
pub(super) struct Credited {
    pub payment: PaymentId,
    pub quote: Option<QuoteId>,
}

/// Makes the payment, pays what was chosen and then the oldest debt, and lifts what only that held: within the
/// transaction, so that the connection is back in seconds.
pub(super) async fn credit(
    context: &Context,
    transaction: &mut store::Transaction,
    intent: &Intent,
    remote: &RemoteIntent,
) -> Result<Credited> {
    let key = format!("gateway-{}-{}", intent.gateway, remote.intent);
    let payment = of(context, intent, remote.received, &remote.intent, key);
    let for_quote = match intent.quote {
        Some(quote) => pay_quote(context, transaction, &payment, quote).await?,
        None => None,
    };
    let quote = intent.quote.filter(|_| for_quote.is_some());
    let taken = match for_quote {
        Some(taken) => taken,
        None => {
            let chosen = intents::invoices(transaction, intent.id).await?;
            take_for_invoices(context, transaction, &GATEWAY, &payment, &chosen).await?
        }
    };
    intents::save_payment(transaction, intent.id, taken.payment).await?;
    audit(context, transaction, RecordPayments::NAME, taken.payment, &payment).await?;
    Ok(Credited { payment: taken.payment, quote })
}

fn of(context: &Context, intent: &Intent, amount: Money, reference: &str, idempotency_key: String) -> Payment {
    Payment {
        customer: intent.customer,
        amount,
        tender: None,
        tax: None,
        invoice: None,
        method: PaymentMethod::Card,
        reference: reference.to_owned(),
        received_on: context.clock.today(),
        idempotency_key,
    }
}

/// `None` when the quote cannot be agreed to any more: then the money is the customer's like any other.
async fn pay_quote(
    context: &Context,
    transaction: &mut store::Transaction,
    payment: &Payment,
    quote: QuoteId,
) -> Result<Option<PaymentTaken>> {
    intents::mark(transaction).await?;
    match quotes::take_for(context, transaction, &GATEWAY, payment, quote).await {
        Ok(taken) => Ok(Some(taken)),
        Err(Error::Refused(failure)) => {
            tracing::warn!(%quote, ?failure, "a quote that was paid by card cannot be agreed to: the money is credit");
            intents::back(transaction).await?;
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// What the gateway kept, and what became of the money since.
pub(super) async fn after_payment(
    context: &Context,
    transaction: &mut store::Transaction,
    intent: &Intent,
    payment: PaymentId,
    remote: &RemoteIntent,
) -> Result<End> {
    if let Some(fee) = remote.fee.filter(Money::is_positive) {
        refunds::add_fee(transaction, payment, fee, context.clock.today()).await?;
    }
    for refund in &remote.refunds {
        if refunded(context, transaction, intent, payment, refund).await? == End::HasRefunds {
            return Ok(End::HasRefunds);
        }
    }
    for dispute in &remote.disputes {
        if disputed(context, transaction, intent, payment, dispute).await? == End::HasRefunds {
            return Ok(End::HasRefunds);
        }
    }
    Ok(End::Done)
}

/// A refund that was asked for here is booked already; one that was made at the gateway is booked now.
async fn refunded(
    context: &Context,
    transaction: &mut store::Transaction,
    intent: &Intent,
    payment: PaymentId,
    remote: &RemoteRefund,
) -> Result<End> {
    let known = refunds::of_intent(transaction, intent.id).await?.into_iter().find(|known| {
        known.remote.as_ref() == Some(&remote.refund) || Some(&known.remote_key) == remote.reference.as_ref()
    });
    match (known, remote.state) {
        (Some(known), RemoteRefundState::Failed) => {
            came_back(context, transaction, intent, &known, &remote.refund).await?;
            Ok(End::Done)
        }
        (Some(known), state) => {
            refunds::save(transaction, known.id, kept(state), &remote.refund, None).await?;
            Ok(End::Done)
        }
        (None, RemoteRefundState::Failed) => Ok(End::Done),
        (None, state) => made_there(context, transaction, intent, payment, remote, kept(state)).await,
    }
}

fn kept(state: RemoteRefundState) -> CardRefundState {
    match state {
        RemoteRefundState::Pending => CardRefundState::Pending,
        RemoteRefundState::Succeeded => CardRefundState::Succeeded,
        RemoteRefundState::Failed => CardRefundState::Failed,
    }
}

/// The money could not be given back: it is the customer's credit again.
async fn came_back(
    context: &Context,
    transaction: &mut store::Transaction,
    intent: &Intent,
    refund: &CardRefund,
    remote: &str,
) -> Result<()> {
    if refund.state == CardRefundState::Failed {
        return Ok(());
    }
    let key = format!("card-refund-{}-failed", refund.id);
    let payment = of(context, intent, refund.amount, remote, key);
    let taken = take(context, transaction, &GATEWAY, &payment).await?;
    refunds::save(transaction, refund.id, CardRefundState::Failed, remote, Some(taken.payment)).await?;
    audit(context, transaction, RecordPayments::NAME, taken.payment, &payment).await
}

/// The gateway refuses a refund that was asked for here.
pub(super) async fn refund_refused(context: &Context, id: CardRefundId, words: &str) -> Result<()> {
    let mut transaction = context.begin().await?;
    let refund = refunds::get(&mut transaction, id).await?;
    let customer = intents::get(&mut transaction, refund.intent).await?.customer;
    store::payments::lock_customers(&mut transaction, &[customer]).await?;
    let intent = intents::lock(&mut transaction, refund.intent).await?;
    let refund = refunds::get(&mut transaction, id).await?;
    tracing::warn!(refund = %id, words, "the gateway refuses a refund: the money is credit again");
    came_back(context, &mut transaction, &intent, &refund, &format!("refused-{id}")).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn made_there(
    context: &Context,
    transaction: &mut store::Transaction,
    intent: &Intent,
    payment: PaymentId,
    remote: &RemoteRefund,
    state: CardRefundState,
) -> Result<End> {
    if !free(context, transaction, payment, remote.amount).await? {
        return Ok(End::HasRefunds);
    }
    let refund = NewRefund {
        source: CreditSource::Payment(payment),
        amount: remote.amount,
        method: PaymentMethod::Card,
        reference: &remote.refund,
        reason: "Stripe",
        on: context.clock.today(),
        at: context.clock.now(),
        by: None,
        idempotency_key: &format!("gateway-{}-{}", intent.gateway, remote.refund),
    };
    let booked = store::payments_settled::add_refund(transaction, &refund).await?;
    let new = NewCardRefund {
        intent: intent.id,
        amount: remote.amount,
        reason: refund.reason,
        state,
        remote_key: &new_key("refund"),
        remote: Some(&remote.refund),
        refund: booked,
        at: context.clock.now(),
    };
    refunds::add(transaction, &new).await?;
    reconcile(context, transaction, &GATEWAY, intent.customer, Cuts::Leave).await?;
    audit(context, transaction, RefundPayments::NAME, payment, &remote.amount.to_string()).await?;
    Ok(End::Done)
}

/// Makes so much of a payment unused, taking it from the newest of what it pays. False when there is not so much of it.
async fn free(
    context: &Context,
    transaction: &mut store::Transaction,
    payment: PaymentId,
    amount: Money,
) -> Result<bool> {
    let unused = store::payments_list::show(transaction, payment).await?.row.unused;
    let mut missing = amount.checked_sub(unused).map_err(Error::internal)?;
    let mut taken = Vec::new();
    for paid in store::payments_settled::payable(transaction, payment).await?.into_iter().rev() {
        if !missing.is_positive() || !paid.paid.is_positive() {
            continue;
        }
        let part = paid.paid.checked_min(missing).map_err(Error::internal)?;
        missing = missing.checked_sub(part).map_err(Error::internal)?;
        taken.push(Allocation { source: CreditSource::Payment(payment), invoice: paid.invoice, amount: -part });
    }
    if missing.is_positive() {
        return Ok(false);
    }
    store::payments::allocate(transaction, context.clock.today(), &taken).await?;
    Ok(true)
}

/// A dispute takes the money back as a bounced payment does, and the holds with it; one that was won returns it.
async fn disputed(
    context: &Context,
    transaction: &mut store::Transaction,
    intent: &Intent,
    payment: PaymentId,
    remote: &RemoteDispute,
) -> Result<End> {
    let new = NewDispute {
        intent: intent.id,
        remote: &remote.dispute,
        amount: remote.amount,
        reason: &remote.reason,
        opened_at: remote.opened_at,
        due_by: remote.due_by,
    };
    let known = refunds::note_dispute(transaction, &new).await?;
    let mut done = DisputeDone {
        state: remote.state,
        is_taken: known.is_taken,
        rest: None,
        returned: None,
        at: context.clock.now(),
    };
    // One that was won before it was heard of was taken all the same, and cost its fee.
    if !matches!(remote.state, DisputeState::Inquiry | DisputeState::Closed) && !known.is_taken {
        let detail = store::payments_list::show(transaction, payment).await?;
        if detail.refunds.is_empty() {
            done.rest = deny(context, transaction, intent, &detail, remote).await?;
        } else if !is_all_given_back(&detail)? {
            return Ok(End::HasRefunds);
        }
        done.is_taken = true;
        end_consent(context, transaction, intent).await?;
    }
    if remote.state == DisputeState::Won && known.returned.is_none() {
        let key = format!("dispute-{}-won", known.id);
        let returned = of(context, intent, remote.amount, &remote.dispute, key);
        let taken = take(context, transaction, &GATEWAY, &returned).await?;
        audit(context, transaction, RecordPayments::NAME, taken.payment, &returned).await?;
        done.returned = Some(taken.payment);
    }
    refunds::save_dispute(transaction, known.id, &done).await?;
    Ok(End::Done)
}

/// A person has booked by hand what was denied of a payment that was given back in part: then nothing is left of it.
fn is_all_given_back(payment: &PaymentDetail) -> Result<bool> {
    let amount = payment.row.amount;
    let given_back = Money::sum(amount.currency(), payment.refunds.iter().map(|refund| refund.amount));
    given_back
        .and_then(|given_back| given_back.checked_cmp(amount))
        .map(std::cmp::Ordering::is_ge)
        .map_err(Error::internal)
}

/// Who denies a payment does not want to be charged by itself: not for this again, and not for the next.
async fn end_consent(context: &Context, transaction: &mut store::Transaction, intent: &Intent) -> Result<()> {
    if !store::gateway::cards::withdraw(transaction, intent.customer, context.clock.now(), None).await? {
        return Ok(());
    }
    let subject = Subject { kind: "customer", id: intent.customer.0 };
    audit_as(context, transaction, &GATEWAY, "withdraw_automatic_payments", subject, None::<&()>, None::<&()>).await
}

/// The payment is taken back whole; what of it was not denied comes in again. Answers the payment of that rest.
async fn deny(
    context: &Context,
    transaction: &mut store::Transaction,
    intent: &Intent,
    payment: &PaymentDetail,
    remote: &RemoteDispute,
) -> Result<Option<PaymentId>> {
    let row = &payment.row;
    // Somebody was quicker, or it is denied twice: it is gone already.
    if payment.reversal.is_some() {
        return Ok(None);
    }
    let bounced = Bounced {
        on: context.clock.today().max(row.received_on),
        reason: format!("{} ({})", remote.dispute, remote.reason),
        fee: remote.fee.filter(|fee| fee.is_positive() && fee.currency() == row.amount.currency()),
    };
    bounce(context, transaction, &GATEWAY, row, &bounced).await?;
    audit(context, transaction, ReversePayments::NAME, row.id, &bounced).await?;
    let rest = row.amount.checked_sub(remote.amount).map_err(Error::internal)?;
    if !rest.is_positive() {
        return Ok(None);
    }
    let key = format!("gateway-{}-{}-rest", intent.gateway, remote.dispute);
    let payment = of(context, intent, rest, &remote.dispute, key);
    let taken = take(context, transaction, &GATEWAY, &payment).await?;
    audit(context, transaction, RecordPayments::NAME, taken.payment, &payment).await?;
    Ok(Some(taken.payment))
}

async fn audit(
    context: &Context,
    transaction: &mut store::Transaction,
    verb: &str,
    payment: PaymentId,
    what: &impl serde::Serialize,
) -> Result<()> {
    let subject = Subject { kind: "payment", id: payment.0 };
    audit_as(context, transaction, &GATEWAY, verb, subject, None::<&()>, Some(what)).await
}
