//! Making the preview of a night that has too much to look at while somebody waits.

use store::jobs::{ClaimedJob, Lease};

use super::settle;
use super::worker::{LEASE, take_back_expired};
use crate::{Context, Result, runs};

/// The preview that is due, on behalf of a worker of that name. False when nobody asked for one.
pub async fn preview_next(context: &Context, worker: &str) -> Result<bool> {
    take_back_expired(context).await?;
    let now = context.clock.now();
    let lease = Lease { worker, now, until: now + LEASE };
    let job = store::run_preview::claim(&mut *context.connection().await?, lease).await?;
    let Some(job) = job else { return Ok(false) };
    if let Err(error) = runs::make_preview(context, &job).await {
        settle::put_aside(context, &job, &error).await;
    }
    Ok(true)
}

/// For a job that takes longer than a lease: its worker has it for one lease more.
pub(crate) async fn hold_on(context: &Context, connection: &mut store::Connection, job: &ClaimedJob<()>) -> Result<()> {
    let until = context.clock.now() + LEASE;
    Ok(store::jobs::hold_on(connection, job.id, &job.leased_by, until).await?)
}
