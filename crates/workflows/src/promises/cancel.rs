//! Taking a promise back: a mistake, or a customer who says that nothing will come.

use domain::collections::PromiseOutcome;
use domain::failure::Failure;
use domain::ids::ContractId;
use domain::timeline::Event;

use super::subject;
use crate::permit::{EditPromises, Permit};
use crate::record::{audit, tell};
use crate::{Context, Result};

/// Ends the open promise of a contract. The debt is looked at again on the next night.
///
/// # Errors
/// `NotFound` when none is open.
pub async fn cancel(context: &Context, permit: &Permit<EditPromises>, contract: ContractId) -> Result<()> {
    let mut transaction = context.begin().await?;
    store::payments::lock_customers_of(&mut transaction, &[contract]).await?;
    let customer = store::contracts::lock(&mut transaction, contract).await?.customer;
    let newest = store::promises::newest(&mut transaction, contract).await?;
    let promise = newest.filter(|promise| promise.outcome.is_none()).ok_or(Failure::NotFound)?;
    let (today, now, by) = (context.clock.today(), context.clock.now(), permit.actor().user_id());
    let outcome = PromiseOutcome::Cancelled;
    store::promises::end(&mut transaction, promise.id, outcome, today, now, by).await?;
    let event = Event::PromiseEnded { amount: promise.amount, until: promise.until, outcome };
    tell(context, &mut transaction, permit.actor(), customer, contract, &event).await?;
    audit(context, &mut transaction, permit, subject(promise.id), Some(&promise), None::<&()>).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
