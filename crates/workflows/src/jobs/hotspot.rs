//! A look at a hotspot: its router is brought to what is wanted, and what was read there is written down: who is in, what
//! was used, which vouchers were used for the first time. Then it looks again after a while, for ever: the same job goes
//! back to the queue, so that there is one row for each hotspot, and not one for each look.
//!
//! What a look changes in the records (a first use, an end) is done on routers by the next one, which then is due at once.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::hotspot::{
    AccountRead, AccountWanted, GardenWanted, HotspotWanted, Owner, PageWanted, Reachable, SessionRead,
};
use domain::ids::HotspotId;
use domain::network::{Because, RouterMode};
use domain::views::jobs::JobState;
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use store::hotspots::LookFacts;
use store::jobs::ClaimedJob;
use store::routers::LeasedRouter;
use store::vouchers::Counted;

use super::{backoff, batch, enqueue_hotspots, settle};
use crate::ports::{Looked, Routers};
use crate::{Context, Error, Result, hotspots, routers};

type Job = ClaimedJob<HotspotId>;

/// A voucher that ended longer ago has no session any more that its router would not have ended.
const REMEMBERED: chrono::Duration = chrono::Duration::days(2);
/// However soon a voucher ends, a router is not asked more often.
const SOONEST: chrono::Duration = chrono::Duration::seconds(5);

pub(super) async fn work(
    context: &Context,
    port: &dyn Routers,
    router: &LeasedRouter,
    job: Job,
    budget: Duration,
) -> Result<()> {
    let Some(facts) = facts(context, job.subject).await? else {
        return settle::settle_job(context, &job, &Because::SubjectGone.outcome()).await;
    };
    let wanted = match wanted(context, &facts).await? {
        Ok(wanted) => wanted,
        Err(because) => return unfit(context, &job, &facts, &because).await,
    };
    let looked = match routers::open(&context.vault, &router.access) {
        Ok(access) => match tokio::time::timeout(budget, port.look_at_hotspot(&access, &wanted)).await {
            Ok(looked) => looked,
            Err(_) => Err(Because::NoAnswer),
        },
        Err(because) => Err(because),
    };
    match looked {
        Ok(looked) => {
            batch::reached(context, router, &looked.identity).await?;
            note(context, router, &job, &facts, &looked).await
        }
        Err(because) => {
            batch::failed(context, router, &because).await?;
            settle::put_back(context, &[job.id], &job.leased_by, &because).await
        }
    }
}

/// Whatever is over by now, is over; the rest is what the router should hold.
async fn facts(context: &Context, hotspot: HotspotId) -> Result<Option<LookFacts>> {
    let (now, today) = (context.clock.now(), context.clock.today());
    let mut transaction = context.begin().await?;
    store::vouchers::end_due(&mut transaction, now).await?;
    let facts = store::hotspots::facts(&mut transaction, hotspot, today, now - REMEMBERED).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(facts)
}

async fn wanted(context: &Context, facts: &LookFacts) -> Result<Result<HotspotWanted, Because>> {
    let mut wanted = facts.wanted.clone();
    if !facts.enabled {
        return Ok(Ok(wanted));
    }
    for user in &facts.users {
        let Ok(password) = context.vault.open(&user.sealed_password) else {
            return Ok(Err(Because::SecretUnreadable));
        };
        wanted.accounts.push(AccountWanted {
            owner: Owner::User(user.id),
            name: user.name.clone(),
            password: password.expose_secret().to_owned(),
            secret_version: Some(hex::encode(Sha256::digest(&user.sealed_password))),
            profile: user.profile,
            limit_seconds: None,
            limit_bytes: None,
            mac: None,
        });
    }
    let mut connection = context.connection().await?;
    let own = hotspots::portal_host(&context.public_url).map(|to| GardenWanted { entry: None, to });
    let garden = store::hotspots::of_garden(&mut connection, facts.id).await?;
    let is_own = |to: &Reachable| own.as_ref().is_some_and(|own| own.to == *to);
    let others = garden.into_iter().filter(|row| !is_own(&row.to));
    let others = others.map(|row| GardenWanted { entry: Some(row.id), to: row.to }).collect::<Vec<_>>();
    wanted.garden = own.iter().cloned().chain(others).collect();
    let bindings = store::hotspots::of_binding(&mut connection, facts.id).await?.into_iter();
    wanted.bindings =
        bindings.map(|row| domain::hotspot::BindingWanted { binding: row.id, mac: row.mac, kind: row.kind }).collect();
    wanted.page = facts.page.as_ref().map(|_| PageWanted {
        url: format!("{}/hotspot/{}", context.public_url, facts.id),
        files: hotspots::PAGE_FILES.iter().map(|file| (*file).to_owned()).collect(),
    });
    Ok(Ok(wanted))
}

/// Nothing was asked of the router. A person mends the cause, and the hotspot's page says it.
async fn unfit(context: &Context, job: &Job, facts: &LookFacts, because: &Because) -> Result<()> {
    let now = context.clock.now();
    let mut transaction = context.begin().await?;
    if store::jobs::still_leased(&mut transaction, job.id, &job.leased_by).await? {
        store::hotspots::save_reading(&mut transaction, facts.id, now, Some(because), None, None).await?;
        put_off(&mut transaction, job, because, next_look(facts, job, Some(because), now), now).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Writes down what was read, and when to look again. A newer job that was enqueued at this very moment is seen at the
/// second try.
async fn note(context: &Context, router: &LeasedRouter, job: &Job, facts: &LookFacts, looked: &Looked) -> Result<()> {
    match try_note(context, router, job, facts, looked).await {
        Err(Error::Internal(error)) if settle::is_taken(&*error) => try_note(context, router, job, facts, looked).await,
        noted => noted,
    }
}

async fn try_note(
    context: &Context,
    router: &LeasedRouter,
    job: &Job,
    facts: &LookFacts,
    looked: &Looked,
) -> Result<()> {
    let now = context.clock.now();
    let mut transaction = context.begin().await?;
    if !store::jobs::still_leased(&mut transaction, job.id, &job.leased_by).await? {
        return Ok(());
    }
    settle::add_exchanges(context, &mut transaction, job.id, &looked.exchanges).await?;
    let is_live = router.access.record.mode == RouterMode::Live;
    let mut others = BTreeSet::new();
    if is_live {
        others = sightings(context, &mut transaction, facts.id, looked).await?;
        if let Some(after) = &looked.after {
            let sessions = owned(after.sessions(), &after.accounts());
            store::hotspots::save_sessions(&mut transaction, facts.id, &sessions, &facts.wanted.ending, now).await?;
        }
    }
    let last = looked.after.as_ref().unwrap_or(&looked.before);
    let directory = last.html_directory(&facts.wanted.server);
    let page = facts.page.as_deref().filter(|_| looked.page_installed);
    let problem = looked.problem.as_ref();
    store::hotspots::save_reading(&mut transaction, facts.id, now, problem, directory.as_deref(), page).await?;
    let is_due_again = others.remove(&facts.id);
    let others: Vec<HotspotId> = others.into_iter().collect();
    enqueue_hotspots(context, &mut transaction, &others, true).await?;
    if !is_live || !facts.enabled {
        // On a dry run nothing there is ours, and nothing changes by itself.
        let state = if looked.problem.is_some() { JobState::GivenUp } else { JobState::Done };
        store::jobs::finish(&mut transaction, job.id, state, problem, now).await?;
    } else {
        let at = if is_due_again { now } else { next_look(facts, job, problem, now) };
        again(context, &mut transaction, job, looked, at).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// After a while, and at once when a voucher is over; after a failure as late as other jobs.
fn next_look(facts: &LookFacts, job: &Job, problem: Option<&Because>, now: DateTime<Utc>) -> DateTime<Utc> {
    let usual = now + chrono::Duration::seconds(facts.look_seconds.into());
    match problem {
        Some(_) => usual.max(now + backoff::of_job(job.attempts)),
        None => facts.next_end.map_or(usual, |end| end.clamp(now + SOONEST, usual.max(now + SOONEST))),
    }
}

/// What said something to the router stays in the history; what only looked leaves no row behind.
async fn again(
    context: &Context,
    transaction: &mut store::Transaction,
    job: &Job,
    looked: &Looked,
    at: DateTime<Utc>,
) -> Result<()> {
    let now = context.clock.now();
    if let Some(problem) = &looked.problem {
        return put_off(transaction, job, problem, at, now).await;
    }
    if looked.exchanges.is_empty() {
        return Ok(store::jobs::look_again(transaction, job.id, at, now).await?);
    }
    store::jobs::finish(transaction, job.id, JobState::Done, None, now).await?;
    let next = store::jobs::NewJob { at, max_attempts: context.job_attempts };
    Ok(store::jobs::enqueue_hotspots(transaction, &[job.subject], false, now, next).await?)
}

/// A watch is never given up for a problem: what stands in its way is on the job and on the hotspot's page.
async fn put_off(
    transaction: &mut store::Transaction,
    job: &Job,
    because: &Because,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<()> {
    let attempts = job.attempts.min(job.max_attempts - 1);
    Ok(store::jobs::retry(transaction, job.id, attempts, because, at, now).await?)
}

/// First uses and what was used. Answers the hotspots whose routers must hear of it now, this one among them.
async fn sightings(
    context: &Context,
    transaction: &mut store::Transaction,
    hotspot: HotspotId,
    looked: &Looked,
) -> Result<BTreeSet<HotspotId>> {
    let mut to_tell = BTreeSet::new();
    let mut counted = Vec::new();
    // What was changed meanwhile was changed by what was known before: the first reading tells more.
    let mut used: Vec<AccountRead> = looked.before.accounts().into_iter().filter(AccountRead::was_used).collect();
    // In one order everywhere: looks at several hotspots wait for each other's vouchers, and never in a circle.
    used.sort_by_key(|account| account.owner);
    for account in &used {
        let Owner::Voucher(id) = account.owner else { continue };
        counted.push(Counted { id, seconds: account.seconds, bytes: account.bytes });
        let mac = account.session.as_ref().and_then(|session| session.mac.as_ref());
        let first_used = first_use(account, context.clock.now());
        let told = hotspots::redeem_seen(context, transaction, id, hotspot, mac, first_used).await;
        match told {
            Ok(told) => to_tell.extend(told),
            // A row of another installation, or of a backup that was restored.
            Err(Error::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    if store::vouchers::count_use(transaction, hotspot, &counted, context.clock.now()).await? {
        to_tell.insert(hotspot);
    }
    Ok(to_tell)
}

/// By how long it is in, and not by any clock of a router.
fn first_use(account: &AccountRead, now: DateTime<Utc>) -> DateTime<Utc> {
    let seconds = account.session.as_ref().map_or(0, |session| session.seconds);
    now - chrono::Duration::seconds(i64::try_from(seconds.min(30 * 86_400)).unwrap_or_default())
}

fn owned(sessions: Vec<SessionRead>, accounts: &[AccountRead]) -> Vec<(SessionRead, Option<Owner>)> {
    let owners: HashMap<&str, Owner> = accounts.iter().map(|account| (account.name.as_str(), account.owner)).collect();
    let with_owner = |session: SessionRead| {
        let owner = owners.get(session.user.as_str()).copied();
        (session, owner)
    };
    sessions.into_iter().map(with_owner).collect()
}
