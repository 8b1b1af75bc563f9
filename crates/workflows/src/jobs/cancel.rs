//! A job that waits is taken off the queue.

use domain::failure::{Blocker, Failure};
use domain::ids::JobId;

use super::audited;
use crate::permit::{ManageJobs, Permit};
use crate::{Context, Result, record};

/// Cancels a waiting job. One that is running is past that.
pub async fn cancel(context: &Context, permit: &Permit<ManageJobs>, id: JobId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = store::jobs::detail(&mut transaction, id).await?.job;
    if !store::jobs::cancel(&mut transaction, id, context.clock.now()).await? {
        return Err(Failure::Blocked { what: Blocker::JobRunning }.into());
    }
    let after = store::jobs::detail(&mut transaction, id).await?.job;
    record::audit(context, &mut transaction, permit, audited(id), Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
