//! Writing down how a try ended: what was done, in one transaction for all of a visit; the rest, one by one.

use chrono::{DateTime, Utc};
use domain::ids::{JobId, ServiceId};
use domain::network::{Because, Outcome};
use domain::timeline::Event;
use domain::views::jobs::JobState;
use store::jobs::{ClaimedJob, NewExchange};
use store::technical::NetworkFacts;

use super::said::Said;
use super::{NETWORK, backoff};
use crate::ports::{Exchange, ServiceResult};
use crate::{Context, Error, Result, record};

/// A service's job and what came of it: the facts it was worked from, and the router that it was worked at.
#[derive(Clone, Copy)]
pub(super) struct Settled<'a> {
    pub job: &'a ClaimedJob<ServiceId>,
    pub result: &'a ServiceResult,
    pub facts: Option<&'a NetworkFacts>,
    pub router_name: &'a str,
    pub at_own_router: bool,
}

/// Settles the jobs of one visit. What cannot be settled is put aside under an incident number, and keeps nothing from
/// the others.
pub(super) async fn services(context: &Context, said: &Said, settled: &[Settled<'_>]) {
    let (done, others): (Vec<Settled<'_>>, Vec<Settled<'_>>) =
        settled.iter().partition(|settled| settled.result.outcome == Outcome::Done);
    if !done.is_empty() && all_done(context, said, &done).await.is_err() {
        one_by_one(context, said, &done).await;
    }
    one_by_one(context, said, &others).await;
}

async fn one_by_one(context: &Context, said: &Said, settled: &[Settled<'_>]) {
    for one in settled {
        if let Err(error) = service(context, said, one).await {
            put_aside(context, one.job, &error).await;
        }
    }
}

/// Nothing happens to a job whose lease ran out meanwhile: whoever has it now settles it.
async fn all_done(context: &Context, said: &Said, done: &[Settled<'_>]) -> Result<()> {
    let mut transaction = context.begin().await?;
    let Some(worker) = done.first().map(|one| one.job.leased_by.as_str()) else { return Ok(()) };
    let jobs: Vec<JobId> = done.iter().map(|one| one.job.id).collect();
    let held = store::jobs::all_still_leased(&mut transaction, &jobs, worker).await?;
    let held_still = |one: &&Settled<'_>| held.binary_search(&one.job.id).is_ok();
    let done: Vec<Settled<'_>> = done.iter().filter(held_still).copied().collect();
    let now = context.clock.now();
    store::jobs::add_exchanges(&mut transaction, now, &said.of(&held)).await?;
    read_back(context, &mut transaction, &done).await?;
    store::jobs::finish_all(&mut transaction, &held, now).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    said.forget(&held);
    Ok(())
}

async fn service(context: &Context, said: &Said, settled: &Settled<'_>) -> Result<()> {
    match try_service(context, said, settled).await {
        // A newer job of the same service was enqueued at this very moment: now it is seen.
        Err(Error::Internal(error)) if is_taken(&*error) => try_service(context, said, settled).await,
        settled => settled,
    }
}

async fn try_service(context: &Context, said: &Said, settled: &Settled<'_>) -> Result<()> {
    let job = settled.job;
    let mut transaction = context.begin().await?;
    if !store::jobs::still_leased(&mut transaction, job.id, &job.leased_by).await? {
        return Ok(());
    }
    store::jobs::add_exchanges(&mut transaction, context.clock.now(), &said.of(&[job.id])).await?;
    read_back(context, &mut transaction, &[*settled]).await?;
    let given_up = outcome(context, &mut transaction, job, &settled.result.outcome).await?;
    if let (true, Some(facts)) = (given_up, settled.facts) {
        let event = Event::ProvisioningGivenUp { router: settled.router_name.to_owned() };
        record::tell(context, &mut transaction, &NETWORK, facts.customer, facts.contract, &event).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    said.forget(&[job.id]);
    Ok(())
}

/// What was said with the device for one job.
pub(super) async fn add_exchanges(
    context: &Context,
    transaction: &mut store::Transaction,
    job: JobId,
    exchanges: &[Exchange],
) -> Result<()> {
    let exchanges: Vec<(JobId, NewExchange)> = exchanges.iter().map(|exchange| (job, new_exchange(exchange))).collect();
    Ok(store::jobs::add_exchanges(transaction, context.clock.now(), &exchanges).await?)
}

/// The technical state is what was read, whether or not it is what was wanted.
async fn read_back(context: &Context, transaction: &mut store::Transaction, settled: &[Settled<'_>]) -> Result<()> {
    let read = settled.iter().filter(|one| one.at_own_router).filter_map(|one| {
        let observation = one.result.observation.as_ref()?;
        Some((one.facts?, observation, one.router_name))
    });
    let read: Vec<_> = read.collect();
    let observations: Vec<_> = read.iter().map(|(facts, observation, _)| (facts.service, *observation)).collect();
    store::technical::save(transaction, &observations, context.clock.now()).await?;
    for (facts, observation, router) in read {
        if observation.state != facts.technical_state {
            let router = router.to_owned();
            let event = Event::TechnicalStateRead { router, from: facts.technical_state, to: observation.state };
            record::tell(context, transaction, &NETWORK, facts.customer, facts.contract, &event).await?;
        }
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
        let because = Because::RouterBusy;
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

/// It was not to be done yet: it waits until then as it was, and that costs no attempt.
pub(super) async fn hold_back<Subject>(
    context: &Context,
    job: &ClaimedJob<Subject>,
    until: DateTime<Utc>,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    if store::jobs::still_leased(&mut transaction, job.id, &job.leased_by).await? {
        store::jobs::hold_back(&mut transaction, job.id, until).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Writes down what was said to a device, as soon as it was said.
pub(crate) async fn keep_exchanges(context: &Context, job: JobId, exchanges: &[Exchange]) -> Result<()> {
    let mut transaction = context.begin().await?;
    add_exchanges(context, &mut transaction, job, exchanges).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Settles a job of any kind. True when it was given up.
pub(crate) async fn outcome<Subject>(
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

/// Something of ours failed: the job comes back after its back-off, and not only when its lease is over. When not even
/// that can be written down, [`Worker::visit`](super::Worker::visit) says so.
pub(super) async fn put_aside<Subject>(context: &Context, job: &ClaimedJob<Subject>, error: &Error) {
    let because = Because::Incident { number: crate::error::incident(error) };
    let put_aside = async {
        let mut transaction = context.begin().await?;
        if store::jobs::still_leased(&mut transaction, job.id, &job.leased_by).await? {
            outcome(context, &mut transaction, job, &because.outcome()).await?;
        }
        transaction.commit().await.map_err(store::Error::from)?;
        Ok::<(), Error>(())
    };
    if let Err(error) = put_aside.await {
        crate::error::incident(&error);
    }
}

/// The router as a whole could not be worked with: its jobs go back as they were, without having cost an attempt.
pub(crate) async fn put_back(context: &Context, jobs: &[JobId], worker: &str, because: &Because) -> Result<()> {
    match try_put_back(context, jobs, worker, because).await {
        Err(Error::Internal(error)) if is_taken(&*error) => try_put_back(context, jobs, worker, because).await,
        settled => settled,
    }
}

async fn try_put_back(context: &Context, jobs: &[JobId], worker: &str, because: &Because) -> Result<()> {
    let mut transaction = context.begin().await?;
    store::jobs::put_back(&mut transaction, jobs, worker, because, context.clock.now()).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

pub(super) fn is_taken(error: &(dyn std::error::Error + 'static)) -> bool {
    matches!(error.downcast_ref(), Some(store::Error::Taken { .. }))
}

pub(crate) fn new_exchange(exchange: &Exchange) -> NewExchange {
    NewExchange { sent: exchange.sent, command: exchange.command.clone(), answer: exchange.answer.clone() }
}
