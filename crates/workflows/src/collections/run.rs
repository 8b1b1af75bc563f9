//! The collections step of the nightly run: one contract, one transaction, so that one bad contract holds up no other.

use chrono::NaiveDate;
use domain::billing::ParkReason;
use domain::ids::ContractId;

use super::reconcile_overdue_holds;
use crate::permit::Actor;
use crate::{Context, Result};

const CHUNK: i64 = 500;
/// The step's name in the ledger.
pub(crate) const STEP: &str = "collections";

/// Places and lifts the overdue holds that the policies want on `today`.
pub(crate) async fn collect_day(context: &Context, actor: &Actor, today: NaiveDate) -> Result<()> {
    let mut after = ContractId(0);
    loop {
        let mut connection = context.connection().await?;
        let chunk = store::holds::to_review(&mut connection, today, after, CHUNK).await?;
        drop(connection);
        let Some(last) = chunk.last().copied() else { return Ok(()) };
        for contract in chunk {
            collect_or_park(context, actor, contract, today).await?;
        }
        after = last;
    }
}

async fn collect_or_park(context: &Context, actor: &Actor, contract: ContractId, today: NaiveDate) -> Result<()> {
    let Err(error) = collect(context, actor, contract, today).await else { return Ok(()) };
    let number = crate::error::incident(&error);
    tracing::error!(%contract, incident = number, "a contract was left out of collections");
    let mut transaction = context.begin().await?;
    let reason = ParkReason::Incident { number };
    store::runs::park(&mut transaction, today, STEP, contract, &reason, context.clock.now()).await?;
    store::runs::count(&mut transaction, today, STEP, 0, 1).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn collect(context: &Context, actor: &Actor, contract: ContractId, today: NaiveDate) -> Result<()> {
    let mut transaction = context.begin().await?;
    store::payments::lock_customers_of(&mut transaction, &[contract]).await?;
    reconcile_overdue_holds(context, &mut transaction, actor, contract, today).await?;
    store::runs::unpark(&mut transaction, STEP, &[contract], context.clock.now()).await?;
    store::runs::count(&mut transaction, today, STEP, 1, 0).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
