//! A draft becomes an offer: it gets its number, and the customer sees it.

use chrono::Datelike;
use domain::failure::Failure;
use domain::ids::QuoteId;
use domain::quote::QuoteEvent;
use store::quotes::Quote;

use super::{lock, subject};
use crate::permit::{EditQuotes, Permit, Verb};
use crate::record::audit;
use crate::{Context, Result};

/// # Errors
/// `Quote` when it is no draft, has no lines, or its last day has passed.
pub async fn send(context: &Context, permit: &Permit<EditQuotes>, quote: QuoteId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let quote = lock(&mut transaction, quote).await?;
    send_in(context, &mut transaction, permit, &quote).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// The number is taken under the lock of its series, so that none is left out.
pub(super) async fn send_in<V: Verb>(
    context: &Context,
    transaction: &mut store::Transaction,
    permit: &Permit<V>,
    quote: &Quote,
) -> Result<()> {
    let on = context.clock.today();
    let lines = store::quotes::count_lines(transaction, quote.id).await?;
    let event = QuoteEvent::Send { on, valid_until: quote.valid_until, lines };
    let state = quote.state.apply(event).map_err(Failure::from)?;
    let pattern = store::billing::number_pattern(transaction, "quote").await?;
    let n = store::billing::take_numbers(transaction, "quote", on.year(), 1).await?;
    let number = pattern.number(on, n);
    store::quotes::save_state(transaction, quote.id, &state, Some(&number)).await?;
    audit(context, transaction, permit, subject(quote.id), Some(&quote.state), Some(&state)).await
}
