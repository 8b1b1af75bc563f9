//! The customer does not want it, or it was a mistake.

use domain::failure::{Failure, required};
use domain::ids::QuoteId;
use domain::quote::QuoteEvent;

use super::{lock, subject};
use crate::permit::{EditQuotes, Permit};
use crate::record::audit;
use crate::{Context, Result};

/// # Errors
/// `Fields` (a reason is required); `Quote` when it was agreed to already.
pub async fn reject(context: &Context, permit: &Permit<EditQuotes>, quote: QuoteId, reason: &str) -> Result<()> {
    let reason = required(reason, 500).map_err(|problem| Failure::field("reason", problem))?;
    let mut transaction = context.begin().await?;
    let quote = lock(&mut transaction, quote).await?;
    let state = quote.state.apply(QuoteEvent::Reject { reason }).map_err(Failure::from)?;
    store::quotes::save_state(&mut transaction, quote.id, &state, None).await?;
    audit(context, &mut transaction, permit, subject(quote.id), Some(&quote.state), Some(&state)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
