//! The job: read the router once, compare, write down what was found, and mend what is ours.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use domain::ids::{RouterId, ScanId, ServiceId};
use domain::network::{
    Action, Addressing, BaseObservation, BaseWanted, Because, Comparison, Dialect, Finding, Observation, Outcome,
    RouterMode, ScanEffect, ServiceWanted, Verdict, compare, removal_of,
};
use domain::timeline::Event;
use store::jobs::{ClaimedJob, NewExchange};
use store::routers::LeasedRouter;
use store::scans::ScanResult;
use store::technical::NetworkFacts;
use tokio::task::spawn_blocking;

use crate::jobs::{self, NETWORK};
use crate::ports::{RouterAccess, RouterReading, Routers};
use crate::{Context, Error, Result, record, routers};

/// What the router should hold, as the database says.
struct Wanted {
    facts: HashMap<ServiceId, NetworkFacts>,
    services: Vec<ServiceWanted>,
    refused: Vec<(ServiceId, Because)>,
    base: BaseWanted,
}

/// What is done about what was found.
#[derive(Default)]
struct Mending {
    /// For each finding, whether it is mended.
    mended: Vec<bool>,
    /// Brought back by jobs of their own.
    provision: BTreeSet<ServiceId>,
    /// Of these something was left here, though their place is elsewhere or nowhere.
    remove: BTreeSet<ServiceId>,
    /// What the router needs once is brought back by a job of its own, too.
    base: bool,
    exchanges: Vec<NewExchange>,
}

/// Everything that a scan came to.
#[derive(Clone, Copy)]
struct Scanned<'a> {
    wanted: &'a Wanted,
    /// Services that are not as they were read before, and what they are now.
    changed: &'a [(ServiceId, Observation)],
    /// What was read of what the router needs once.
    base: &'a BaseObservation,
    comparison: &'a Comparison,
    mending: &'a Mending,
    /// What nobody wants is suspiciously much, and stays.
    left_alone: bool,
}

/// Scans a leased router. Reading it and asking the database go side by side, also where both are work for a processor.
pub(crate) async fn work(
    context: &Context,
    port: &dyn Routers,
    router: &LeasedRouter,
    job: ClaimedJob<ScanId>,
    budget: Duration,
) -> Result<()> {
    let access = match routers::open(&context.vault, &router.access) {
        Ok(access) => access,
        Err(because) => return not_reached(context, router, &job, &because).await,
    };
    let reading = tokio::time::timeout(budget, port.read(&access));
    let wanted = tokio::spawn(load(context.clone(), router.access.id));
    let (wanted, reading) = tokio::join!(wanted, reading);
    let wanted = wanted.map_err(Error::internal)??;
    let reading = match reading.unwrap_or(Err(Because::NoAnswer)) {
        Ok(reading) => reading,
        Err(because) => return not_reached(context, router, &job, &because).await,
    };
    jobs::reached(context, router, &reading.identity).await?;
    let (wanted, reading) = (Arc::new(wanted), Arc::new(reading));
    let (comparison, changed) = look_at(&wanted, &reading, &access.addressing).await?;
    let base = wanted.base.observe(&reading.base, Dialect::of(&reading.identity.version));
    let effect = store::scans::effect(&mut *context.connection().await?, job.subject).await?;
    let mends = effect != ScanEffect::Look && access.mode == RouterMode::Live;
    let left_alone = mends && effect == ScanEffect::Mend && comparison.has_suspiciously_many_orphans();
    let mending = match mends {
        true => mend(context, port, &access, &wanted, &comparison, &reading, left_alone).await?,
        false => Mending { mended: vec![false; comparison.findings.len()], ..Mending::default() },
    };
    let (comparison, mending) = (&comparison, &mending);
    let scanned = Scanned { wanted: &wanted, changed: &changed, base: &base, comparison, mending, left_alone };
    settle(context, router, &job, &scanned).await?;
    // Letting go of tens of thousands of rows takes a while, and nobody waits for it.
    spawn_blocking(move || drop((wanted, reading)));
    Ok(())
}

async fn not_reached(
    context: &Context,
    router: &LeasedRouter,
    job: &ClaimedJob<ScanId>,
    because: &Because,
) -> Result<()> {
    jobs::failed(context, router, because).await?;
    jobs::put_back(context, &[job.id], &job.leased_by, because).await
}

async fn load(context: Context, router: RouterId) -> Result<Wanted> {
    let base = jobs::wanted_base(&context, router).await?;
    let mut connection = context.connection().await?;
    let facts = store::technical::facts_at(&mut connection, router, context.clock.today()).await?;
    let (mut services, mut refused) = (Vec::new(), Vec::new());
    for facts in &facts {
        match jobs::subject(&context.vault, facts, router, false) {
            Ok(subject) => services.push(subject.wanted),
            Err(because) => refused.push((facts.service, because)),
        }
    }
    let facts = facts.into_iter().map(|facts| (facts.service, facts)).collect();
    Ok(Wanted { facts, services, refused, base })
}

/// What is not as it should be, and what is not as it was read before. Of tens of thousands of rows both are work for a
/// processor: they are done side by side, and keep no other work waiting.
async fn look_at(
    wanted: &Arc<Wanted>,
    reading: &Arc<RouterReading>,
    addressing: &Addressing,
) -> Result<(Comparison, Vec<(ServiceId, Observation)>)> {
    let dialect = Dialect::of(&reading.identity.version);
    let compared = {
        let (wanted, reading, addressing) = (wanted.clone(), reading.clone(), addressing.clone());
        move || {
            let compared = compare(&wanted.services, &wanted.refused, &addressing, &reading.observed, dialect);
            compared.with_base(&wanted.base, &reading.base, dialect)
        }
    };
    let looked = {
        let (wanted, reading) = (wanted.clone(), reading.clone());
        move || changed(&wanted, &reading)
    };
    tokio::try_join!(spawn_blocking(compared), spawn_blocking(looked)).map_err(Error::internal)
}

/// Services that are not as they were read before, and what they are now. Of the others only the date of the reading moves.
fn changed(wanted: &Wanted, reading: &RouterReading) -> Vec<(ServiceId, Observation)> {
    let observed = &reading.observed;
    let as_before = |service: &ServiceWanted| {
        wanted.facts.get(&service.service).is_none_or(|facts| {
            facts.technical_state == observed.state(service) && facts.evidence_digest == Some(observed.digest(service))
        })
    };
    let changed = wanted.services.iter().filter(|service| !as_before(service));
    changed.map(|service| (service.service, observed.observe(service))).collect()
}

/// Services, and what the router needs once, are brought back by their own jobs, which read again before they change
/// anything. Rows of services that the database does not know, and profiles that nobody uses, are removed here and now,
/// while nobody else is at the router.
async fn mend(
    context: &Context,
    port: &dyn Routers,
    access: &RouterAccess,
    wanted: &Wanted,
    comparison: &Comparison,
    reading: &RouterReading,
    left_alone: bool,
) -> Result<Mending> {
    let orphans = comparison.findings.iter().filter(|one| one.verdict == Verdict::Orphaned);
    let named: Vec<ServiceId> = orphans.filter_map(|one| one.service).collect();
    let existing = store::technical::existing(&mut *context.connection().await?, &named).await?;
    let existing: BTreeSet<ServiceId> = existing.into_iter().collect();
    let mut mending = Mending { mended: vec![false; comparison.findings.len()], ..Mending::default() };
    let (mut removals, mut removed): (Vec<Vec<Action>>, Vec<usize>) = (Vec::new(), Vec::new());
    for (position, finding) in comparison.findings.iter().enumerate() {
        let here = finding.service.filter(|service| wanted.facts.contains_key(service));
        match (finding.verdict, here, finding.service) {
            (Verdict::Missing | Verdict::Different | Verdict::Orphaned, ..) if finding.is_of_base() => {
                mending.base = true;
                note(&mut mending.mended, position);
            }
            (Verdict::Missing | Verdict::Different | Verdict::Orphaned, Some(service), _) => {
                mending.provision.insert(service);
                note(&mut mending.mended, position);
            }
            (Verdict::Orphaned, None, Some(service)) if !left_alone && existing.contains(&service) => {
                mending.remove.insert(service);
                note(&mut mending.mended, position);
            }
            (Verdict::Orphaned, None, _) if !left_alone => {
                removals.push(removal(finding, reading));
                removed.push(position);
            }
            _ => {}
        }
    }
    remove(port, access, &removals, &removed, &mut mending).await;
    Ok(mending)
}

fn removal(finding: &Finding, reading: &RouterReading) -> Vec<Action> {
    let row = finding.row.as_deref().and_then(|id| reading.observed.row(finding.menu, id));
    row.map(removal_of).unwrap_or_default()
}

/// What could not be removed is told as it was found; the next scan finds it again.
async fn remove(
    port: &dyn Routers,
    access: &RouterAccess,
    removals: &[Vec<Action>],
    positions: &[usize],
    mending: &mut Mending,
) {
    if removals.is_empty() {
        return;
    }
    let changed = match port.change(access, removals).await {
        Ok(changed) => changed,
        Err(because) => return tracing::warn!(?because, "what nobody wants was not removed"),
    };
    for (changed, position) in changed.iter().zip(positions) {
        mending.exchanges.extend(changed.exchanges.iter().map(jobs::new_exchange));
        if changed.outcome.is_ok() {
            note(&mut mending.mended, *position);
        }
    }
}

fn note(mended: &mut [bool], position: usize) {
    if let Some(mended) = mended.get_mut(position) {
        *mended = true;
    }
}

async fn settle(
    context: &Context,
    router: &LeasedRouter,
    job: &ClaimedJob<ScanId>,
    scanned: &Scanned<'_>,
) -> Result<()> {
    let Scanned { wanted, comparison, mending, left_alone, .. } = *scanned;
    let mut transaction = context.begin().await?;
    if !store::jobs::still_leased(&mut transaction, job.id, &job.leased_by).await? {
        return Ok(());
    }
    let now = context.clock.now();
    let (services, mended) = (wanted.facts.len(), mending.mended.as_slice());
    let result = ScanResult { scan: job.subject, at: now, comparison, mended, services, left_alone };
    store::scans::save(&mut transaction, &result).await?;
    let exchanges: Vec<_> = mending.exchanges.iter().map(|exchange| (job.id, exchange.clone())).collect();
    store::jobs::add_exchanges(&mut transaction, now, &exchanges).await?;
    read_back(context, &mut transaction, router, scanned).await?;
    let provision: Vec<ServiceId> = mending.provision.iter().copied().collect();
    jobs::enqueue_drift(context, &mut transaction, &provision).await?;
    for service in &mending.remove {
        jobs::enqueue_removal(context, &mut transaction, *service, router.access.id).await?;
    }
    if mending.base {
        jobs::enqueue_base(context, &mut transaction, router.access.id).await?;
    }
    jobs::settle_outcome(context, &mut transaction, job, &Outcome::Done).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// The technical state is what was read, and what the router needs once is what was read of it.
async fn read_back(
    context: &Context,
    transaction: &mut store::Transaction,
    router: &LeasedRouter,
    scanned: &Scanned<'_>,
) -> Result<()> {
    let Scanned { wanted, changed, base, .. } = *scanned;
    let now = context.clock.now();
    store::technical::read_whole(transaction, router.access.id, now).await?;
    let observations: Vec<_> = changed.iter().map(|(service, seen)| (*service, seen)).collect();
    store::technical::save(transaction, &observations, now).await?;
    store::routers::save_base(transaction, router.access.id, base, &wanted.base.version(), now).await?;
    for (service, seen) in changed {
        let Some(facts) = wanted.facts.get(service).filter(|facts| facts.technical_state != seen.state) else {
            continue;
        };
        let router = router.access.record.name.clone();
        let event = Event::TechnicalStateRead { router, from: facts.technical_state, to: seen.state };
        record::tell(context, transaction, &NETWORK, facts.customer, facts.contract, &event).await?;
    }
    Ok(())
}
