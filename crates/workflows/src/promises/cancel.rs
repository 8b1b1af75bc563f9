//! Taking a promise back: a mistake, or a customer who says that nothing will come.

use domain::collections::PromiseOutcome;
use domain::failure::Failure;
use domain::ids::ContractId;
use domain::timeline::Event;
use domain::views::collections::PromiseRow;
use store::contracts::Contract;

use super::subject;
use crate::permit::{Actor, EditPromises, Permit};
use crate::record::{audit, tell};
use crate::{Context, Result};

/// Ends the open promise of a contract. The debt is looked at again on the next night.
///
/// # Errors
/// `NotFound` when none is open.
pub async fn cancel(context: &Context, permit: &Permit<EditPromises>, contract: ContractId) -> Result<()> {
    let mut transaction = context.begin().await?;
    store::payments::lock_customers_of(&mut transaction, &[contract]).await?;
    let contract = store::contracts::lock(&mut transaction, contract).await?;
    let promise = end_open(context, &mut transaction, permit.actor(), &contract).await?.ok_or(Failure::NotFound)?;
    audit(context, &mut transaction, permit, subject(promise.id), Some(&promise), None::<&()>).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Takes back the promise of a contract that is locked, if one is open; answers it.
pub(crate) async fn end_open(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: &Contract,
) -> Result<Option<PromiseRow>> {
    let newest = store::promises::newest(transaction, contract.id).await?;
    let Some(promise) = newest.filter(|promise| promise.outcome.is_none()) else { return Ok(None) };
    let (today, now, by) = (context.clock.today(), context.clock.now(), actor.user_id());
    let outcome = PromiseOutcome::Cancelled;
    store::promises::end(transaction, promise.id, outcome, today, now, by).await?;
    let event = Event::PromiseEnded { amount: promise.amount, until: promise.until, outcome };
    tell(context, transaction, actor, contract.customer, contract.id, &event).await?;
    Ok(Some(promise))
}
