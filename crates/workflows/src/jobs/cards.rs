//! Doing what is due at the card gateway.

use domain::ids::GatewayTaskId;
use domain::network::{Because, Outcome};
use store::jobs::{ClaimedJob, Lease};

use super::settle;
use super::worker::{BUDGET, LEASE};
use crate::ports::Gateway;
use crate::{Context, Result, gateway};

/// One due thing, on behalf of a worker of that name. False when there is none.
pub async fn do_next(context: &Context, port: &dyn Gateway, worker: &str) -> Result<bool> {
    let now = context.clock.now();
    let lease = Lease { worker, now, until: now + LEASE };
    let job = store::gateway::tasks::claim(&mut *context.connection().await?, lease).await?;
    let Some(job) = job else { return Ok(false) };
    if let Err(error) = work(context, port, &job).await {
        settle::put_aside(context, &job, &error).await;
    }
    Ok(true)
}

async fn work(context: &Context, port: &dyn Gateway, job: &ClaimedJob<GatewayTaskId>) -> Result<()> {
    let outcome = match tokio::time::timeout(BUDGET, gateway::work(context, port, job.subject)).await {
        Ok(worked) => worked?,
        Err(_) => Because::NoAnswer.outcome(),
    };
    let mut transaction = context.begin().await?;
    if store::jobs::still_leased(&mut transaction, job.id, &job.leased_by).await?
        && settle::outcome(context, &mut transaction, job, &outcome).await?
        && let Outcome::TryAgain { because } | Outcome::GiveUp { because } = &outcome
    {
        gateway::give_up(context, &mut transaction, job.subject, because).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
