//! Money for a quote: it is agreed to, and a reconnection is revived, in the payment's own transaction.

use domain::failure::{Failure, Problem};
use domain::ids::QuoteId;
use domain::quote::{QuoteEvent, QuotePurpose};
use domain::views::payments::{NewPayment, PaymentTaken};

use super::invoice::invoice_soon;
use super::revive::revive;
use super::subject;
use crate::payments::{Payment, record_for, write_down};
use crate::permit::{Actor, Permit, RecordPayments, Verb};
use crate::record::audit_as;
use crate::{Context, Result};

/// A payment at the counter that names a quote. What it brings beyond the quote's total pays older debts.
///
/// # Errors
/// As recording a payment; `Fields` with `BelowTotal` when it does not cover the quote; `Quote` when it was not sent, or
/// its last day has passed; of a reconnection also what reviving refuses.
pub async fn pay(
    context: &Context,
    permit: &Permit<RecordPayments>,
    quote: QuoteId,
    form: NewPayment,
) -> Result<PaymentTaken> {
    let customer = store::quotes::customer_of(&mut *context.connection().await?, quote).await?;
    let form = NewPayment { customer: customer.to_string(), ..form };
    let taken = record_for(context, permit, form, Some(quote)).await?;
    invoice_soon(context, permit.actor(), quote).await;
    Ok(taken)
}

/// Within the payment's transaction, which has locked the customer.
pub(crate) async fn take_for(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    payment: &Payment,
    quote: QuoteId,
) -> Result<PaymentTaken> {
    let today = context.clock.today();
    let quote = store::quotes::lock(transaction, quote).await?;
    if quote.customer != payment.customer {
        return Err(Failure::NotFound.into());
    }
    let total = store::quotes_list::show(transaction, quote.id, today).await?.row.total;
    if total.currency() != payment.amount.currency() {
        return Err(Failure::CurrencyMismatch.into());
    }
    if payment.amount.amount() < total.amount() {
        return Err(Failure::field("amount", Problem::BelowTotal { total }).into());
    }
    let taken = write_down(context, transaction, actor, payment).await?;
    let event = QuoteEvent::Pay { on: today, payment: taken.payment };
    let state = quote.state.apply(event).map_err(Failure::from)?;
    store::quotes::save_state(transaction, quote.id, &state, None).await?;
    audit_as(context, transaction, actor, RecordPayments::NAME, subject(quote.id), Some(&quote.state), Some(&state))
        .await?;
    if quote.purpose == QuotePurpose::Reconnection {
        revive(context, transaction, actor, &quote).await?;
    }
    Ok(taken)
}
