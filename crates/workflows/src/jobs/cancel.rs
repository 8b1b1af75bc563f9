//! A job that waits is taken off the queue.

use domain::failure::{Blocker, Failure};
use domain::ids::JobId;
use domain::views::jobs::JobSubject;

use super::audited;
use crate::permit::{ManageJobs, Permit};
use crate::{Context, Result, messages, record};

/// Cancels a waiting job, and the message that it would have sent. One that is running is past that.
///
/// # Errors
/// `Blocked` by `JobNotCancellable` or `JobRunning`.
pub async fn cancel(context: &Context, permit: &Permit<ManageJobs>, id: JobId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = store::jobs::detail(&mut transaction, id).await?.job;
    if !before.subject.can_be_cancelled() {
        return Err(Failure::Blocked { what: Blocker::JobNotCancellable }.into());
    }
    if !store::jobs::cancel(&mut transaction, id, context.clock.now()).await? {
        return Err(Failure::Blocked { what: Blocker::JobRunning }.into());
    }
    if let JobSubject::Message { message, .. } = before.subject {
        messages::cancelled(&mut transaction, message).await?;
    }
    let after = store::jobs::detail(&mut transaction, id).await?.job;
    record::audit(context, &mut transaction, permit, audited(id), Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
