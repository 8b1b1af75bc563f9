//! Writing down how a try ended, each job in a transaction of its own.

use chrono::{DateTime, Utc};
use domain::ids::{JobId, ServiceId};
use domain::network::{Because, Outcome};
use domain::timeline::Event;
use domain::views::jobs::JobState;
use store::jobs::{ClaimedJob, NewExchange};
use store::technical::NetworkFacts;

use super::{NETWORK, backoff};
use crate::ports::{Exchange, ServiceResult};
use crate::{Context, Error, Result, record};

/// What is known of a job's service: the facts it was worked from, and the router that it was worked at.
pub(super) struct Settled<'a> {
    pub facts: Option<&'a NetworkFacts>,
    pub router_name: &'a str,
    pub at_own_router: bool,
}

/// Settles a service's job. Nothing happens when the lease ran out meanwhile: whoever has the job now settles it.
pub(super) async fn service(
    context: &Context,
    job: &ClaimedJob<ServiceId>,
    about: &Settled<'_>,
    result: &ServiceResult,
) -> Result<()> {
    match try_service(context, job, about, result).await {
        // A newer job of the same service was enqueued at this very moment: now it is seen.
        Err(Error::Internal(error)) if is_taken(&*error) => try_service(context, job, about, result).await,
        settled => settled,
    }
}

async fn try_service(
    context: &Context,
    job: &ClaimedJob<ServiceId>,
    about: &Settled<'_>,
    result: &ServiceResult,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    if !store::jobs::still_leased(&mut transaction, job.id, &job.leased_by).await? {
        return Ok(());
    }
    add_exchanges(context, &mut transaction, job.id, &result.exchanges).await?;
    read_back(context, &mut transaction, about, result).await?;
    let given_up = outcome(context, &mut transaction, job, &result.outcome).await?;
    if let (true, Some(facts)) = (given_up, about.facts) {
        let event = Event::ProvisioningGivenUp { router: about.router_name.to_owned() };
        record::tell(context, &mut transaction, &NETWORK, facts.customer, facts.contract, &event).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// What was said with the device.
pub(super) async fn add_exchanges(
    context: &Context,
    transaction: &mut store::Transaction,
    job: JobId,
    exchanges: &[Exchange],
) -> Result<()> {
    let exchanges: Vec<NewExchange> = exchanges.iter().map(new_exchange).collect();
    Ok(store::jobs::add_exchanges(transaction, job, context.clock.now(), &exchanges).await?)
}

/// The technical state is what was read, whether or not it is what was wanted.
async fn read_back(
    context: &Context,
    transaction: &mut store::Transaction,
    about: &Settled<'_>,
    result: &ServiceResult,
) -> Result<()> {
    let (Some(observation), Some(facts), true) = (&result.observation, about.facts, about.at_own_router) else {
        return Ok(());
    };
    store::technical::save(transaction, facts.service, observation, context.clock.now()).await?;
    if observation.state != facts.technical_state {
        let router = about.router_name.to_owned();
        let event = Event::TechnicalStateRead { router, from: facts.technical_state, to: observation.state };
        record::tell(context, transaction, &NETWORK, facts.customer, facts.contract, &event).await?;
    }
    Ok(())
}

/// Settles a job that is done at no router of the inventory, unless somebody else has it by now.
pub(crate) async fn settle_job<Subject>(context: &Context, job: &ClaimedJob<Subject>, outcome: &Outcome) -> Result<()> {
    let mut transaction = context.begin().await?;
    if store::jobs::still_leased(&mut transaction, job.id, &job.leased_by).await? {
        self::outcome(context, &mut transaction, job, outcome).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Somebody else talks to its router: it waits a little, and that costs no attempt.
pub(crate) async fn later<Subject>(context: &Context, job: &ClaimedJob<Subject>) -> Result<()> {
    let mut transaction = context.begin().await?;
    if store::jobs::still_leased(&mut transaction, job.id, &job.leased_by).await? {
        let now = context.clock.now();
        let because = Because::NoAnswer;
        store::jobs::retry(
            &mut transaction,
            job.id,
            job.attempts - 1,
            &because,
            now + chrono::Duration::seconds(10),
            now,
        )
        .await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Writes down what was said to a device, as soon as it was said.
pub(crate) async fn keep_exchanges(context: &Context, job: JobId, exchanges: &[Exchange]) -> Result<()> {
    let exchanges: Vec<NewExchange> = exchanges.iter().map(new_exchange).collect();
    let now = context.clock.now();
    Ok(store::jobs::add_exchanges(&mut *context.connection().await?, job, now, &exchanges).await?)
}

/// Settles a job of any kind. True when it was given up.
pub(super) async fn outcome<Subject>(
    context: &Context,
    transaction: &mut store::Transaction,
    job: &ClaimedJob<Subject>,
    outcome: &Outcome,
) -> Result<bool> {
    let run_at = context.clock.now() + backoff::of_job(job.attempts);
    outcome_at(context, transaction, job, outcome, run_at).await
}

/// The same; a try that is to be repeated is repeated at `run_at`.
pub(super) async fn outcome_at<Subject>(
    context: &Context,
    transaction: &mut store::Transaction,
    job: &ClaimedJob<Subject>,
    outcome: &Outcome,
    run_at: DateTime<Utc>,
) -> Result<bool> {
    let now = context.clock.now();
    match outcome {
        Outcome::Done => {
            store::jobs::finish(transaction, job.id, JobState::Done, None, now).await?;
            Ok(false)
        }
        Outcome::TryAgain { because } if job.attempts < job.max_attempts => {
            store::jobs::retry(transaction, job.id, job.attempts, because, run_at, now).await?;
            Ok(false)
        }
        Outcome::TryAgain { because } | Outcome::GiveUp { because } => {
            store::jobs::finish(transaction, job.id, JobState::GivenUp, Some(because), now).await?;
            Ok(true)
        }
    }
}

/// The router as a whole could not be worked with: its jobs go back as they were, without having cost an attempt.
pub(super) async fn put_back(
    context: &Context,
    job: JobId,
    leased_by: &str,
    attempts: i32,
    because: &Because,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    if store::jobs::still_leased(&mut transaction, job, leased_by).await? {
        let now = context.clock.now();
        store::jobs::retry(&mut transaction, job, attempts, because, now, now).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

pub(super) fn is_taken(error: &(dyn std::error::Error + 'static)) -> bool {
    matches!(error.downcast_ref(), Some(store::Error::Taken { .. }))
}

pub(super) fn new_exchange(exchange: &Exchange) -> NewExchange {
    NewExchange { sent: exchange.sent, command: exchange.command.clone(), answer: exchange.answer.clone() }
}
