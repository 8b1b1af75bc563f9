//! Somebody agrees to a quote without paying yet.

use domain::failure::{Blocker, Failure};
use domain::ids::QuoteId;
use domain::quote::{QuoteEvent, QuotePurpose};
use store::quotes::Quote;

use super::invoice::invoice_soon;
use super::revive::revive;
use super::{lock, subject};
use crate::permit::{Actor, ConfirmQuotes, OwnerScope, Permit, Verb};
use crate::record::audit_as;
use crate::{Context, Result};

/// Staff confirm it for the customer. A reconnection is revived in this moment: state, holds and the router's job in the
/// one transaction; the invoice follows in one of its own.
///
/// # Errors
/// `Quote` when it was not sent, or its last day has passed; of a reconnection also what [`revive`] refuses.
pub async fn accept(context: &Context, permit: &Permit<ConfirmQuotes>, quote: QuoteId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let quote = lock(&mut transaction, quote).await?;
    agree(context, &mut transaction, permit.actor(), permit.verb(), &quote).await?;
    if quote.purpose == QuotePurpose::Reconnection {
        revive(context, &mut transaction, permit.actor(), &quote).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    invoice_soon(context, permit.actor(), quote.id).await;
    Ok(())
}

/// Customers accept what they buy. A reconnection they pay: nobody who owes switches themselves on again by a word.
///
/// # Errors
/// As [`accept`]; `NotFound` for another's; `Blocked` by `PaymentNeeded` for a reconnection.
pub async fn accept_own(context: &Context, scope: &OwnerScope, quote: QuoteId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let quote = lock(&mut transaction, quote).await?;
    if quote.customer != scope.customer() || quote.number.is_none() {
        return Err(Failure::NotFound.into());
    }
    if quote.purpose == QuotePurpose::Reconnection {
        return Err(Failure::Blocked { what: Blocker::PaymentNeeded }.into());
    }
    agree(context, &mut transaction, scope.actor(), ConfirmQuotes::NAME, &quote).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    invoice_soon(context, scope.actor(), quote.id).await;
    Ok(())
}

async fn agree(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    verb: &str,
    quote: &Quote,
) -> Result<()> {
    let on = context.clock.today();
    let state = quote.state.apply(QuoteEvent::Accept { on }).map_err(Failure::from)?;
    store::quotes::save_state(transaction, quote.id, &state, None).await?;
    audit_as(context, transaction, actor, verb, subject(quote.id), Some(&quote.state), Some(&state)).await
}
