//! Delivering messages that are due.

use domain::ids::MessageId;
use domain::network::{Because, Outcome};
use store::jobs::{ClaimedJob, Lease};

use super::worker::{BUDGET, LEASE};
use super::{backoff, settle};
use crate::messages::{self, Ways};
use crate::ports::SendFailure;
use crate::{Context, Result};

/// One due message, on behalf of a worker of that name. False when there is none. Where its telephone is to be quiet by now,
/// it waits until that is over.
pub async fn deliver_next(context: &Context, ways: Ways<'_>, worker: &str) -> Result<bool> {
    let now = context.clock.now();
    let lease = Lease { worker, now, until: now + LEASE };
    let job = store::jobs::claim_message(&mut *context.connection().await?, lease).await?;
    let Some(job) = job else { return Ok(false) };
    if let Err(error) = deliver_or_hold(context, ways, &job).await {
        settle::put_aside(context, &job, &error).await;
    }
    Ok(true)
}

async fn deliver_or_hold(context: &Context, ways: Ways<'_>, job: &ClaimedJob<MessageId>) -> Result<()> {
    let now = context.clock.now();
    let held = messages::held_until(context, &mut *context.connection().await?, job.subject, now).await?;
    match held {
        Some(until) => settle::hold_back(context, job, until).await,
        None => deliver(context, ways, job).await,
    }
}

async fn deliver(context: &Context, ways: Ways<'_>, job: &ClaimedJob<MessageId>) -> Result<()> {
    let delivery = messages::deliver(context, ways, job.subject);
    let (outcome, words) = match tokio::time::timeout(BUDGET, delivery).await {
        Ok(delivered) => match delivered? {
            Ok(()) => (Outcome::Done, String::new()),
            Err(failure) => (refusal(&failure).outcome(), failure.words().to_owned()),
        },
        Err(_) => (Because::NoAnswer.outcome(), String::new()),
    };
    let mut transaction = context.begin().await?;
    let again = context.clock.now() + backoff::of_job(job.attempts);
    let again = messages::held_until(context, &mut transaction, job.subject, again).await?.unwrap_or(again);
    if store::jobs::still_leased(&mut transaction, job.id, &job.leased_by).await?
        && settle::outcome_at(context, &mut transaction, job, &outcome, again).await?
    {
        messages::given_up(&mut transaction, job.subject, &words).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

fn refusal(failure: &SendFailure) -> Because {
    let for_good = matches!(failure, SendFailure::Refused(_));
    Because::MessageRefused { words: failure.words().to_owned(), for_good }
}
