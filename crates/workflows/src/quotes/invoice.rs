//! What was agreed becomes an invoice, in a transaction of its own: should it fail, the agreement stands, and the night
//! tries again.

use chrono::Datelike;
use domain::failure::Failure;
use domain::ids::{ContractId, InvoiceId, QuoteId};
use domain::invoice::{Owed, allocate};
use domain::money::Money;
use domain::quote::QuoteEvent;
use store::payments::CreditSource;
use store::quotes::Quote;

use super::{lock, subject};
use crate::collections::Cuts;
use crate::permit::Actor;
use crate::record::audit_as;
use crate::{Context, Result, billing, numbers, payments};

/// Right after the agreement.
pub(crate) async fn invoice_soon(context: &Context, actor: &Actor, quote: QuoteId) {
    if let Err(error) = invoice_one(context, actor, quote).await {
        let number = crate::error::incident(&error);
        tracing::error!(%quote, incident = number, "an agreed quote has no invoice yet: the night tries again");
    }
}

/// All that were agreed to and have no invoice yet: for the nightly run.
pub(crate) async fn invoice_agreed(context: &Context, actor: &Actor) -> Result<()> {
    let quotes = store::quotes::to_invoice(&mut *context.connection().await?, None).await?;
    for quote in quotes {
        invoice_soon(context, actor, quote).await;
    }
    Ok(())
}

/// What was agreed to of a contract that ends, in the transaction that ends it: what the quote paid for can only be given
/// back of an invoice. The customer is locked.
pub(crate) async fn invoice_agreed_of(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: ContractId,
) -> Result<()> {
    for quote in store::quotes::to_invoice(transaction, Some(contract)).await? {
        invoice_in(context, transaction, actor, quote).await?;
    }
    Ok(())
}

async fn invoice_one(context: &Context, actor: &Actor, quote: QuoteId) -> Result<()> {
    let mut transaction = context.begin().await?;
    invoice_in(context, &mut transaction, actor, quote).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn invoice_in(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    quote: QuoteId,
) -> Result<()> {
    let today = context.clock.today();
    let quote = lock(transaction, quote).await?;
    let pattern = store::billing::number_pattern(transaction, "invoice").await?;
    let n = store::billing::take_numbers(transaction, "invoice", today.year(), 1).await?;
    let number = pattern.number(today, n);
    let invoice = store::quotes::issue(transaction, quote.id, &number, today, context.clock.now()).await?;
    numbers::give_control_numbers(transaction, &[invoice], today).await?;
    let state = quote.state.apply(QuoteEvent::Invoice { invoice }).map_err(Failure::from)?;
    store::quotes::save_state(transaction, quote.id, &state, None).await?;
    audit_as(context, transaction, actor, "invoice_quotes", subject(quote.id), Some(&quote.state), Some(&state))
        .await?;
    pay_with_its_own(context, transaction, &quote, invoice).await?;
    billing::allocate_credit(transaction, &[quote.customer], today).await?;
    payments::reconcile(context, transaction, actor, quote.customer, Cuts::Leave).await
}

/// The payment that named the quote pays this invoice before any older debt.
async fn pay_with_its_own(
    context: &Context,
    transaction: &mut store::Transaction,
    quote: &Quote,
    invoice: InvoiceId,
) -> Result<()> {
    let Some(payment) = quote.payment else { return Ok(()) };
    let today = context.clock.today();
    let own = CreditSource::Payment(payment);
    let credits = store::payments::credits(transaction, &[quote.customer]).await?;
    let credits: Vec<_> = credits.into_iter().map(|(_, credit)| credit).filter(|credit| credit.source == own).collect();
    let total: Money = store::quotes_list::show(transaction, quote.id, today).await?.row.total;
    let allocations = allocate(&credits, &[Owed { invoice, due_on: today, open: total }]);
    Ok(store::payments::allocate(transaction, today, &allocations).await?)
}
