//! The collections step of the nightly run: who needs something is found in bulk; each of them has a transaction of its
//! own, so that one bad contract holds up no other.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::billing::ParkReason;
use domain::ids::ContractId;
use store::collections::Facts;

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
        let chunk = store::collections::to_review(&mut connection, today, after, CHUNK).await?;
        let Some(last) = chunk.last().copied() else { return Ok(()) };
        let (changing, settled) = told_apart(&mut connection, &chunk, today).await?;
        note_settled(context, &mut connection, today, &settled).await?;
        drop(connection);
        for contract in changing {
            collect_or_park(context, actor, contract, today).await?;
        }
        after = last;
    }
}

/// Those whose holds are other than the policy wants, and those that need nothing: most, on most nights.
async fn told_apart(
    connection: &mut store::Connection,
    contracts: &[ContractId],
    today: NaiveDate,
) -> Result<(Vec<ContractId>, Vec<ContractId>)> {
    let facts = store::collections::facts(connection, contracts).await?;
    let (settled, changing): (Vec<_>, Vec<_>) = facts.into_iter().partition(|facts| {
        let wanted = facts.policy.holds_due(today, &facts.open_invoices, &facts.held);
        let wanted: BTreeSet<_> = wanted.iter().map(|evidence| evidence.effect).collect();
        wanted == facts.held.iter().map(|(effect, _)| *effect).collect()
    });
    let ids = |facts: Vec<Facts>| facts.into_iter().map(|facts| facts.contract).collect();
    Ok((ids(changing), ids(settled)))
}

async fn note_settled(
    context: &Context,
    connection: &mut store::Connection,
    today: NaiveDate,
    settled: &[ContractId],
) -> Result<()> {
    store::runs::unpark(connection, STEP, settled, context.clock.now()).await?;
    let count = i32::try_from(settled.len()).map_err(crate::Error::internal)?;
    Ok(store::runs::count(connection, today, STEP, count, 0).await?)
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
