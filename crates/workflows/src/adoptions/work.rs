//! The job: look at the rows again, take over what they use, tag them, and read that they are tagged.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::ids::{AdoptionId, ServiceId};
use domain::network::{
    Action, Attributes, Because, ForeignRow, Menu, Observed, Outcome, Owner, Row, adopted_tag, shown,
};
use domain::views::adoptions::AdoptionOutcome;
use secrecy::SecretString;
use store::adoptions::ChosenRow;
use store::jobs::{ClaimedJob, NewExchange};
use store::routers::LeasedRouter;

use crate::jobs;
use crate::ports::{Changed, RouterAccess, RouterReading, Routers};
use crate::{Context, Result, routers};

/// What is to be done about a chosen row.
enum Step {
    /// It is as it was shown: tag it.
    Tag(Row),
    /// It carries our tag already: an earlier try got so far.
    Tagged(Row),
    Not(AdoptionOutcome),
}

/// Adopts at a leased router. Harmless to run twice: what is tagged is not tagged again.
pub(crate) async fn work(
    context: &Context,
    port: &dyn Routers,
    router: &LeasedRouter,
    job: ClaimedJob<AdoptionId>,
    budget: Duration,
) -> Result<()> {
    let rows = store::adoptions::open_rows(&mut *context.connection().await?, job.subject).await?;
    let access = match routers::open(&context.vault, &router.access) {
        Ok(access) => access,
        Err(because) => return not_reached(context, router, &job, &because).await,
    };
    let visited = tokio::time::timeout(budget, visit(context, port, &access, &rows)).await;
    match visited.unwrap_or(Ok(Err(Because::NoAnswer)))? {
        Ok(visited) => {
            jobs::reached(context, router, &visited.reading.identity).await?;
            settle(context, &job, &rows, &visited).await
        }
        Err(because) => not_reached(context, router, &job, &because).await,
    }
}

async fn not_reached(
    context: &Context,
    router: &LeasedRouter,
    job: &ClaimedJob<AdoptionId>,
    because: &Because,
) -> Result<()> {
    jobs::failed(context, router, because).await?;
    jobs::put_back(context, &[job.id], &job.leased_by, because).await
}

/// What a visit came to: as the router was read last, and what was said.
struct Visited {
    reading: RouterReading,
    steps: Vec<Step>,
    /// For each row that was tagged, in their order.
    changed: Vec<Changed>,
}

async fn visit(
    context: &Context,
    port: &dyn Routers,
    access: &RouterAccess,
    rows: &[ChosenRow],
) -> Result<std::result::Result<Visited, Because>> {
    let reading = match port.read(access).await {
        Ok(reading) => reading,
        Err(because) => return Ok(Err(because)),
    };
    let steps: Vec<Step> = rows.iter().map(|row| step(row, &reading.observed)).collect();
    // Before a row is ours: from then on jobs compare it with what the service says.
    take_over(context, rows, &steps).await?;
    let tags: Vec<Vec<Action>> = rows.iter().zip(&steps).filter_map(|(row, step)| tag(row, step)).collect();
    if tags.is_empty() {
        return Ok(Ok(Visited { reading, steps, changed: Vec::new() }));
    }
    let changed = match port.change(access, &tags).await {
        Ok(changed) => changed,
        Err(because) => return Ok(Err(because)),
    };
    Ok(port.read(access).await.map(|reading| Visited { reading, steps, changed }))
}

fn step(chosen: &ChosenRow, observed: &Observed) -> Step {
    let Some(row) = observed.row(chosen.menu, &chosen.row) else { return Step::Not(AdoptionOutcome::Gone) };
    match row.tag().map(|tag| tag.owner) {
        Some(Owner::Service(service)) if service == chosen.service => Step::Tagged(row.clone()),
        None if is_as_shown(row, chosen) => Step::Tag(row.clone()),
        _ => Step::Not(AdoptionOutcome::Changed),
    }
}

/// What comes and goes by itself is no change.
fn is_as_shown(row: &Row, chosen: &ChosenRow) -> bool {
    let steady = |attributes: &std::collections::BTreeMap<String, String>| {
        let mut attributes = attributes.clone();
        attributes.remove("active-address");
        attributes
    };
    steady(&shown(row)) == steady(&chosen.attributes)
}

fn tag(chosen: &ChosenRow, step: &Step) -> Option<Vec<Action>> {
    let Step::Tag(row) = step else { return None };
    let comment = adopted_tag(chosen.menu, chosen.service).to_string();
    let attributes = Attributes::from_iter([("comment", comment)]);
    Some(vec![Action::Set { menu: chosen.menu, id: row.id.clone(), attributes, unset: Vec::new() }])
}

/// The password that the equipment uses, when the router shows it; and the fixed address, where the service has none.
async fn take_over(context: &Context, rows: &[ChosenRow], steps: &[Step]) -> Result<()> {
    let mut transaction = context.begin().await?;
    for (chosen, step) in rows.iter().zip(steps) {
        let (Step::Tag(row) | Step::Tagged(row)) = step else { continue };
        // What a later job wrote is not taken back.
        let as_it_was = row.tag().is_none_or(|tag| tag.hash == domain::network::ADOPTED);
        if !as_it_was {
            continue;
        }
        let password = row.attributes.get("password");
        if chosen.takes_password && !password.is_empty() {
            let sealed = context.vault.seal(&SecretString::from(password.to_owned()))?;
            store::adoptions::take_password(&mut transaction, chosen.service, &sealed).await?;
        }
        let address = foreign(chosen.menu, row).address();
        if let (true, Some(address)) = (chosen.takes_address, address) {
            store::adoptions::take_address(&mut transaction, chosen.service, address).await?;
        }
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

fn foreign(menu: Menu, row: &Row) -> ForeignRow {
    ForeignRow { menu, name: row.key().to_owned(), attributes: shown(row) }
}

/// What was read after the tags were set decides. Services whose rows are ours now are compared by jobs of their own.
async fn settle(context: &Context, job: &ClaimedJob<AdoptionId>, rows: &[ChosenRow], visited: &Visited) -> Result<()> {
    let mut transaction = context.begin().await?;
    if !store::jobs::still_leased(&mut transaction, job.id, &job.leased_by).await? {
        return Ok(());
    }
    let now = context.clock.now();
    let exchanges = visited.changed.iter().flat_map(|changed| &changed.exchanges);
    let exchanges: Vec<(_, NewExchange)> = exchanges.map(|exchange| (job.id, jobs::new_exchange(exchange))).collect();
    store::jobs::add_exchanges(&mut transaction, now, &exchanges).await?;
    let mut refusals = visited.changed.iter().map(|changed| changed.outcome.as_ref().err());
    let (mut adopted, mut again): (BTreeSet<ServiceId>, Option<&Because>) = (BTreeSet::new(), None);
    for (row, step) in rows.iter().zip(&visited.steps) {
        let refusal = matches!(step, Step::Tag(_)).then(|| refusals.next().flatten()).flatten();
        let outcome = match step {
            Step::Not(outcome) => *outcome,
            Step::Tag(_) | Step::Tagged(_) if is_ours(row, &visited.reading.observed) => AdoptionOutcome::Adopted,
            Step::Tag(_) | Step::Tagged(_) => AdoptionOutcome::Refused,
        };
        if outcome == AdoptionOutcome::Adopted {
            adopted.insert(row.service);
        }
        let because = refusal.filter(|_| outcome == AdoptionOutcome::Refused);
        // The connection broke on the way: the next try finds what was done and goes on.
        if let Some(because) = because.filter(|because| is_passing(because)) {
            again = Some(because);
            continue;
        }
        store::adoptions::settle(&mut transaction, row.id, outcome, because).await?;
    }
    let adopted: Vec<ServiceId> = adopted.into_iter().collect();
    jobs::enqueue_provisions(context, &mut transaction, &adopted).await?;
    let outcome = match again {
        Some(because) => because.clone().outcome(),
        None => {
            store::adoptions::finish(&mut transaction, job.subject, now).await?;
            Outcome::Done
        }
    };
    jobs::settle_outcome(context, &mut transaction, job, &outcome).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

fn is_passing(because: &Because) -> bool {
    matches!(because.clone().outcome(), Outcome::TryAgain { .. })
}

fn is_ours(chosen: &ChosenRow, observed: &Observed) -> bool {
    let tag = observed.row(chosen.menu, &chosen.row).and_then(Row::tag);
    tag.is_some_and(|tag| tag.owner == Owner::Service(chosen.service))
}
