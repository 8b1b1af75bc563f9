//! A job that was given up is done again, after a person mended the cause.

use domain::failure::{Blocker, Failure};
use domain::ids::JobId;

use super::audited;
use crate::permit::{ManageJobs, Permit};
use crate::{Context, Result, record};

/// Puts the job back in the queue with all its attempts.
pub async fn repeat(context: &Context, permit: &Permit<ManageJobs>, id: JobId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = store::jobs::detail(&mut transaction, id).await?.job;
    let repeated = store::jobs::repeat(&mut transaction, id, context.clock.now()).await;
    match repeated {
        Ok(true) => {}
        Ok(false) => return Err(Failure::Blocked { what: Blocker::JobNotFailed }.into()),
        // A newer job of the same subject is waiting: it does what this one would do.
        Err(store::Error::Taken { .. }) => return Err(Failure::Blocked { what: Blocker::JobRunning }.into()),
        Err(error) => return Err(error.into()),
    }
    let after = store::jobs::detail(&mut transaction, id).await?.job;
    record::audit(context, &mut transaction, permit, audited(id), Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
