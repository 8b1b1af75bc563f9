//! What was agreed becomes an invoice, in a transaction of its own: should it fail, the agreement stands, and the night
//! tries again.

use chrono::Datelike;
use domain::failure::Failure;
use domain::ids::{InvoiceId, QuoteId};
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
    let quotes = store::quotes::to_invoice(&mut *context.connection().await?).await?;
    for quote in quotes {
        invoice_soon(context, actor, quote).await;
    }
    Ok(())
}

async fn invoice_one(context: &Context, actor: &Actor, quote: QuoteId) -> Result<()> {
    let today = context.clock.today();
    let mut transaction = context.begin().await?;
    let quote = lock(&mut transaction, quote).await?;
    let pattern = store::billing::number_pattern(&mut transaction, "invoice").await?;
    let n = store::billing::take_numbers(&mut transaction, "invoice", today.year(), 1).await?;
    let number = pattern.number(today, n);
    let invoice = store::quotes::issue(&mut transaction, quote.id, &number, today, context.clock.now()).await?;
    numbers::give_control_numbers(&mut transaction, &[invoice], today).await?;
    let state = quote.state.apply(QuoteEvent::Invoice { invoice }).map_err(Failure::from)?;
    store::quotes::save_state(&mut transaction, quote.id, &state, None).await?;
    audit_as(context, &mut transaction, actor, "invoice_quotes", subject(quote.id), Some(&quote.state), Some(&state))
        .await?;
    pay_with_its_own(context, &mut transaction, &quote, invoice).await?;
    billing::allocate_credit(&mut transaction, &[quote.customer], today).await?;
    payments::reconcile(context, &mut transaction, actor, quote.customer, Cuts::Leave).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
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
