//! What a router needs once, as a job like any other: computed anew, written, read back.

use std::time::Duration;

use domain::ids::RouterId;
use domain::network::{BaseWanted, Because, Outcome, PoolWanted};
use store::jobs::{ClaimedJob, RouterWork};
use store::routers::LeasedRouter;

use super::said::Said;
use super::{batch, settle};
use crate::ports::{Configured, Routers, Transcript};
use crate::{Context, Result, routers};

/// What the router should hold now.
pub(crate) async fn wanted(context: &Context, router: RouterId) -> Result<BaseWanted> {
    let pools = store::address_pools::handed_out(&mut *context.connection().await?, router).await?;
    let pools = pools.into_iter().map(|pool| PoolWanted { name: pool.name, ranges: pool.ranges });
    let open = context.stays_open.clone();
    Ok(BaseWanted { notice: open.notice, allowed: open.hosts, pools: pools.collect() })
}

/// Works the job at its leased router. The error inside is the router's as a whole: the job is put back, and the rest of
/// the router's work would fare no better.
pub(super) async fn work(
    context: &Context,
    port: &dyn Routers,
    router: &LeasedRouter,
    job: &ClaimedJob<RouterWork>,
    said: &Said,
    budget: Duration,
) -> Result<std::result::Result<(), Because>> {
    let wanted = wanted(context, router.access.id).await?;
    match configure(context, port, router, &wanted, &said.transcript(job.id), budget).await {
        Ok(configured) => {
            batch::reached(context, router, &configured.identity).await?;
            settled(context, router, job, said, &wanted, &configured).await?;
            Ok(Ok(()))
        }
        Err(because) => {
            batch::failed(context, router, &because).await?;
            settle::put_back(context, &[job.id], &job.leased_by, &because).await?;
            Ok(Err(because))
        }
    }
}

async fn configure(
    context: &Context,
    port: &dyn Routers,
    router: &LeasedRouter,
    wanted: &BaseWanted,
    said: &Transcript,
    budget: Duration,
) -> std::result::Result<Configured, Because> {
    let access = routers::open(&context.vault, &router.access)?;
    match tokio::time::timeout(budget, port.configure(&access, wanted, said)).await {
        Ok(answer) => answer,
        Err(_) => Err(Because::NoAnswer),
    }
}

async fn settled(
    context: &Context,
    router: &LeasedRouter,
    job: &ClaimedJob<RouterWork>,
    said: &Said,
    wanted: &BaseWanted,
    configured: &Configured,
) -> Result<()> {
    if let Outcome::TryAgain { because } | Outcome::GiveUp { because } = &configured.outcome {
        tracing::info!(job = job.id.0, router = router.access.record.name, ?because, "not done");
    }
    let mut transaction = context.begin().await?;
    if !store::jobs::still_leased(&mut transaction, job.id, &job.leased_by).await? {
        return Ok(());
    }
    let now = context.clock.now();
    store::jobs::add_exchanges(&mut transaction, now, &said.of(&[job.id])).await?;
    if let Some(observation) = &configured.observation {
        let (id, version) = (router.access.id, wanted.version());
        store::routers::save_base(&mut transaction, id, observation, &version, now).await?;
    }
    settle::outcome(context, &mut transaction, job, &configured.outcome).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    said.forget(&[job.id]);
    Ok(())
}
