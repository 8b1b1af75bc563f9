//! The step of the nightly run that applies what was approved for a day, and ends pauses: before billing, so that the new
//! lines are billed that very night.

use chrono::NaiveDate;
use domain::billing::ParkReason;
use domain::contract::ContractState;
use domain::ids::{ChangeId, ContractId};

use super::{apply, pause};
use crate::contracts::lock;
use crate::permit::Actor;
use crate::{Context, Error, Result, leases};

/// The step's name in the ledger.
pub(crate) const STEP: &str = "changes";

/// Something that is due on a day.
#[derive(Clone, Copy, Debug)]
enum Due {
    Change(ChangeId),
    EndOfPause,
    EndOfLease,
    LeaseNotice,
}

pub(crate) async fn expected(context: &Context, date: NaiveDate) -> Result<i64> {
    i64::try_from(all_due(&mut *context.connection().await?, date).await?.len()).map_err(Error::internal)
}

/// Each in a transaction of its own; what fails is parked with its reason, and tried again the next night.
pub(crate) async fn run_step(context: &Context, actor: &Actor, date: NaiveDate) -> Result<()> {
    let due = all_due(&mut *context.connection().await?, date).await?;
    for (contract, what) in due {
        apply_or_park(context, actor, contract, what, date).await?;
    }
    Ok(())
}

/// What is due of one contract, that an earlier night left out.
pub(crate) async fn retry(context: &Context, actor: &Actor, contract: ContractId, date: NaiveDate) -> Result<()> {
    let due = all_due(&mut *context.connection().await?, date).await?;
    for (contract, what) in due.into_iter().filter(|(of, _)| *of == contract) {
        apply_or_park(context, actor, contract, what, date).await?;
    }
    Ok(())
}

async fn apply_or_park(
    context: &Context,
    actor: &Actor,
    contract: ContractId,
    what: Due,
    date: NaiveDate,
) -> Result<()> {
    match apply_one(context, actor, contract, what, date).await {
        Ok(()) => Ok(()),
        Err(error) => park(context, contract, &error, date).await,
    }
}

async fn all_due(connection: &mut store::Connection, date: NaiveDate) -> Result<Vec<(ContractId, Due)>> {
    let mut due: Vec<(ContractId, Due)> = Vec::new();
    due.extend(store::changes::pauses_over(connection, date).await?.into_iter().map(|id| (id, Due::EndOfPause)));
    let changes = store::changes::due(connection, date).await?;
    due.extend(changes.into_iter().map(|(change, contract)| (contract, Due::Change(change))));
    due.extend(store::leases::ending(connection, date).await?.into_iter().map(|id| (id, Due::EndOfLease)));
    let near = date + leases::NOTICE;
    due.extend(store::leases::to_notify(connection, near).await?.into_iter().map(|id| (id, Due::LeaseNotice)));
    Ok(due)
}

async fn apply_one(context: &Context, actor: &Actor, contract: ContractId, what: Due, date: NaiveDate) -> Result<()> {
    let mut transaction = context.begin().await?;
    let contract = lock(&mut transaction, contract).await?;
    if matches!(contract.state, ContractState::Active { .. }) {
        match what {
            Due::Change(change) => {
                let change = store::changes::lock(&mut transaction, change).await?;
                apply::apply(context, &mut transaction, actor, &contract, &change, date).await?;
            }
            Due::EndOfPause => {
                pause::resume(context, &mut transaction, actor, &contract, date).await?;
            }
            Due::EndOfLease => leases::end_of_term(context, &mut transaction, actor, &contract, date).await?,
            Due::LeaseNotice => leases::notify(context, &mut transaction, actor, &contract, date).await?,
        }
    }
    store::runs::unpark(&mut transaction, STEP, &[contract.id], context.clock.now()).await?;
    store::runs::count(&mut transaction, date, STEP, 1, 0).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn park(context: &Context, contract: ContractId, error: &Error, date: NaiveDate) -> Result<()> {
    let number = crate::error::incident(error);
    tracing::error!(%contract, incident = number, "a change was not applied");
    let mut transaction = context.begin().await?;
    let reason = ParkReason::Incident { number };
    store::runs::park(&mut transaction, date, STEP, contract, &reason, context.clock.now()).await?;
    store::runs::count(&mut transaction, date, STEP, 0, 1).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
