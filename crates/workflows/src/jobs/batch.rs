//! One router's due jobs, over one connection, with no transaction open while it answers.

use std::collections::HashMap;
use std::time::Duration;

use domain::ids::{JobId, ServiceId};
use domain::network::{Because, RouterIdentity};
use store::jobs::ClaimedJob;
use store::routers::LeasedRouter;
use store::technical::NetworkFacts;

use super::said::Said;
use super::settle::{self, Settled};
use super::{backoff, subject};
use crate::ports::{Reconciled, RouterAccess, Routers, ServiceResult, Subject};
use crate::{Context, Result, routers};

type Job = ClaimedJob<ServiceId>;
type Facts = HashMap<ServiceId, NetworkFacts>;

/// Works the claimed services' jobs of a leased router, and writes down what the router said of itself. `budget`: what
/// the router may take in all, well below the lease.
pub(super) async fn work(
    context: &Context,
    port: &dyn Routers,
    router: &LeasedRouter,
    jobs: &[Job],
    said: &Said,
    budget: Duration,
) -> Result<()> {
    let facts = load_facts(context, jobs).await?;
    let (subjects, refused) = subjects(context, router, jobs, said, &facts);
    settle_all(context, router, jobs, said, &facts, &refused).await;
    if subjects.is_empty() {
        return Ok(());
    }
    match reconcile(context, port, router, &subjects, budget).await {
        Ok(reconciled) => {
            reached(context, router, &reconciled.identity).await?;
            settle_all(context, router, jobs, said, &facts, &reconciled.services).await;
            Ok(())
        }
        Err(because) => {
            failed(context, router, &because).await?;
            let is_untouched = |job: &&Job| subjects.iter().any(|one| one.wanted.service == job.subject);
            let untouched: Vec<JobId> = jobs.iter().filter(is_untouched).map(|job| job.id).collect();
            let Some(worker) = jobs.first().map(|job| job.leased_by.as_str()) else { return Ok(()) };
            settle::put_back(context, &untouched, worker, &because).await
        }
    }
}

async fn load_facts(context: &Context, jobs: &[Job]) -> Result<Facts> {
    let services: Vec<ServiceId> = jobs.iter().map(|job| job.subject).collect();
    let facts = store::technical::facts(&mut *context.connection().await?, &services, context.clock.today()).await?;
    Ok(facts.into_iter().map(|facts| (facts.service, facts)).collect())
}

/// What to ask of the router, and what is refused before it is asked.
fn subjects(
    context: &Context,
    router: &LeasedRouter,
    jobs: &[Job],
    said: &Said,
    facts: &Facts,
) -> (Vec<Subject>, Vec<ServiceResult>) {
    let (mut subjects, mut refused) = (Vec::new(), Vec::new());
    for job in jobs {
        let subject = facts
            .get(&job.subject)
            .ok_or(Because::SubjectGone)
            .and_then(|facts| subject(&context.vault, facts, router.access.id, job.attempts == 1));
        match subject {
            Ok(subject) => subjects.push(Subject { said: said.transcript(job.id), ..subject }),
            Err(because) => {
                refused.push(ServiceResult { service: job.subject, outcome: because.outcome(), observation: None });
            }
        }
    }
    (subjects, refused)
}

async fn reconcile(
    context: &Context,
    port: &dyn Routers,
    router: &LeasedRouter,
    subjects: &[Subject],
    budget: Duration,
) -> std::result::Result<Reconciled, Because> {
    let access: RouterAccess = routers::open(&context.vault, &router.access)?;
    match tokio::time::timeout(budget, port.reconcile(&access, subjects)).await {
        Ok(answer) => answer,
        Err(_) => Err(Because::NoAnswer),
    }
}

async fn settle_all(
    context: &Context,
    router: &LeasedRouter,
    jobs: &[Job],
    said: &Said,
    facts: &Facts,
    results: &[ServiceResult],
) {
    let results: HashMap<ServiceId, &ServiceResult> = results.iter().map(|result| (result.service, result)).collect();
    let settled = jobs.iter().filter_map(|job| {
        let facts = facts.get(&job.subject);
        Some(Settled {
            job,
            result: results.get(&job.subject)?,
            facts,
            router_name: &router.access.record.name,
            at_own_router: facts.is_some_and(|facts| facts.router == router.access.id),
        })
    });
    let settled: Vec<Settled<'_>> = settled.collect();
    settle::services(context, said, &settled).await;
}

pub(crate) async fn reached(context: &Context, router: &LeasedRouter, identity: &RouterIdentity) -> Result<()> {
    let now = context.clock.now();
    Ok(store::routers::reached(&mut *context.connection().await?, router.access.id, identity, now).await?)
}

pub(crate) async fn failed(context: &Context, router: &LeasedRouter, because: &Because) -> Result<()> {
    let now = context.clock.now();
    let retry_at = now + backoff::of_router(router.failures + 1);
    tracing::warn!(router = router.access.record.name, ?because, %retry_at, "the router does not answer");
    Ok(store::routers::failed(&mut *context.connection().await?, router.access.id, because, now, retry_at).await?)
}
