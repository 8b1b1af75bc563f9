//! The collections step of a night. First everybody is looked at, and nobody touched: so the night knows all that it would
//! cut. Then, unless something speaks against it, each contract is changed in a transaction of its own, so that one bad
//! contract holds up no other.

use chrono::NaiveDate;
use domain::billing::ParkReason;
use domain::collections::{CutDates, CutHours, Interlock, OverdueEvidence, Stop};
use domain::ids::ContractId;

use super::reconcile::ended_promise;
use super::{Cuts, days_of_cuts, reconcile_overdue_holds};
use crate::permit::Actor;
use crate::{Context, Error, Result};

const CHUNK: i64 = 500;
/// The step's name in the ledger.
pub(crate) const STEP: &str = "collections";

/// What looking at everybody comes to.
#[derive(Default)]
pub(super) struct Seen {
    pub changes: Vec<Change>,
    /// Those who need nothing, most on most nights.
    settled: Vec<ContractId>,
    /// Cuts that are due and held back.
    pub held_back: i64,
}

impl Seen {
    /// How many contracts that was.
    pub fn looked_at(&self) -> usize {
        self.changes.len() + self.settled.len()
    }
}

/// A contract that needs something tonight.
pub(super) struct Change {
    pub contract: ContractId,
    /// The hold that would be placed.
    pub cut: Option<OverdueEvidence>,
    /// When its policy cuts.
    hours: Option<CutHours>,
    /// A hold is to be lifted, or a promise has ended.
    other: bool,
}

pub(crate) async fn expected(context: &Context, date: NaiveDate) -> Result<i64> {
    Ok(store::collections::count_to_review(&mut *context.connection().await?, date).await?)
}

/// Places and lifts the overdue holds that the policies want on `date`. Over the cap, or when payments have fallen silent,
/// nobody is cut and the step waits for approval; what is to be lifted is lifted all the same.
pub(crate) async fn run_step(context: &Context, actor: &Actor, date: NaiveDate) -> Result<()> {
    let mut connection = context.connection().await?;
    let dates = days_of_cuts(context, &mut connection, date).await?;
    let Seen { changes, settled, .. } = look(&mut connection, &dates).await?;
    note_settled(context, &mut connection, date, &settled).await?;
    drop(connection);
    let stops = stops(context, &changes, date).await?;
    let stopped = !stops.is_empty();
    match stopped {
        true => stop(context, date, &stops, &changes).await?,
        false => wait_for_their_hours(context, date, &changes).await?,
    }
    let cuts = if stopped { Cuts::Leave } else { Cuts::Make };
    for change in changes.iter().filter(|change| change.other || !stopped) {
        let waits = stopped && change.cut.is_some();
        collect_or_park(context, actor, change.contract, date, cuts, !waits).await?;
    }
    Ok(())
}

/// Everybody whose holds are other than the policies want on these dates. Nothing is written.
pub(super) async fn look(connection: &mut store::Connection, dates: &CutDates) -> Result<Seen> {
    let date = dates.business();
    let mut seen = Seen::default();
    let mut after = ContractId(0);
    loop {
        let chunk = store::collections::to_review(connection, date, after, CHUNK).await?;
        let Some(last) = chunk.last().copied() else { return Ok(seen) };
        for mut case in store::collections::cases(connection, &chunk, date).await? {
            let promise_ended = ended_promise(&case, date).is_some();
            if promise_ended {
                case.promise = None;
            }
            let verdict = case.decide(dates);
            seen.held_back += i64::from(!verdict.due.is_empty());
            let other = promise_ended || !verdict.lift.is_empty();
            match verdict.place.into_iter().next_back() {
                None if !other => seen.settled.push(case.contract),
                cut => {
                    let hours = case.policy.cut_hours;
                    seen.changes.push(Change { contract: case.contract, cut, hours, other });
                }
            }
        }
        after = last;
    }
}

async fn note_settled(
    context: &Context,
    connection: &mut store::Connection,
    date: NaiveDate,
    settled: &[ContractId],
) -> Result<()> {
    store::runs::unpark(connection, STEP, settled, context.clock.now()).await?;
    let count = i32::try_from(settled.len()).map_err(Error::internal)?;
    Ok(store::runs::count(connection, date, STEP, count, 0).await?)
}

/// What speaks against these cuts. What was cut earlier today counts too: nights that are made up together, or one that was
/// interrupted, share one day's cap.
pub(super) async fn stops(context: &Context, changes: &[Change], date: NaiveDate) -> Result<Vec<Stop>> {
    let mut connection = context.connection().await?;
    let today = context.clock.today();
    let cuts = i64::try_from(changes.iter().filter(|change| change.cut.is_some()).count()).map_err(Error::internal)?;
    if cuts == 0 {
        return Ok(Vec::new());
    }
    let interlock = store::interlock::get(&mut connection).await?;
    // A preview is of a day that has not begun.
    let cut_today = match date > today {
        true => 0,
        false => store::interlock::cut_since(&mut connection, context.clock.start_of(today)).await?,
    };
    let active = store::interlock::active_contracts(&mut connection).await?;
    let paid_on = paid_on(context, &mut connection, &interlock).await?;
    Ok(interlock.stops(cuts + cut_today, active, today, &paid_on))
}

/// The days with a payment, as far back as the interlock looks.
async fn paid_on(
    context: &Context,
    connection: &mut store::Connection,
    interlock: &Interlock,
) -> Result<Vec<NaiveDate>> {
    let last = store::interlock::last_payment(connection).await?.map(|at| context.clock.date_of(at));
    let from = last.unwrap_or(context.clock.today()) - interlock.looks_back();
    let hours = store::interlock::payment_hours(connection, context.clock.start_of(from)).await?;
    Ok(hours.into_iter().map(|hour| context.clock.date_of(hour)).collect())
}

/// Payments used to come in, and none does: what is late may be paid by now.
pub(crate) async fn feed_is_silent(context: &Context) -> Result<bool> {
    let mut connection = context.connection().await?;
    let interlock = store::interlock::get(&mut connection).await?;
    let paid_on = paid_on(context, &mut connection, &interlock).await?;
    Ok(interlock.silent_since(context.clock.today(), &paid_on).is_some())
}

async fn stop(context: &Context, date: NaiveDate, stops: &[Stop], changes: &[Change]) -> Result<()> {
    let cuts: Vec<_> = changes.iter().filter_map(|change| Some((change.contract, change.cut.clone()?))).collect();
    tracing::warn!(%date, ?stops, cuts = cuts.len(), "nobody is cut: the night waits for approval");
    let mut transaction = context.begin().await?;
    store::interlock::stop(&mut transaction, date, STEP, stops, &cuts).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Cuts outside the hours of their policy are written down, and made when these come: see `go_on`.
async fn wait_for_their_hours(context: &Context, date: NaiveDate, changes: &[Change]) -> Result<()> {
    let time = context.clock.time_of_day();
    let waits = |change: &&Change| change.hours.is_some_and(|hours| !hours.allow(time));
    let waiting = changes.iter().filter(waits);
    let cuts: Vec<_> = waiting.filter_map(|change| Some((change.contract, change.cut.clone()?))).collect();
    let mut transaction = context.begin().await?;
    store::interlock::propose(&mut transaction, date, &cuts).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// `done`: nothing of this contract is left for the night.
async fn collect_or_park(
    context: &Context,
    actor: &Actor,
    contract: ContractId,
    date: NaiveDate,
    cuts: Cuts,
    done: bool,
) -> Result<()> {
    let Err(error) = collect(context, actor, contract, date, cuts, done).await else { return Ok(()) };
    park(context, contract, date, &error).await
}

/// One contract alone, that an earlier night left out. The night goes by the interlock: this only restores.
pub(crate) async fn retry(context: &Context, actor: &Actor, contract: ContractId, date: NaiveDate) -> Result<()> {
    collect_or_park(context, actor, contract, date, Cuts::Leave, true).await
}

/// Leaves a contract out, with an incident number.
pub(super) async fn park(context: &Context, contract: ContractId, date: NaiveDate, error: &Error) -> Result<()> {
    let number = crate::error::incident(error);
    tracing::error!(%contract, incident = number, "a contract was left out of collections");
    let mut transaction = context.begin().await?;
    let reason = ParkReason::Incident { number };
    store::runs::park(&mut transaction, date, STEP, contract, &reason, context.clock.now()).await?;
    store::runs::count(&mut transaction, date, STEP, 0, 1).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn collect(
    context: &Context,
    actor: &Actor,
    contract: ContractId,
    date: NaiveDate,
    cuts: Cuts,
    done: bool,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    store::payments::lock_customers_of(&mut transaction, &[contract]).await?;
    reconcile_overdue_holds(context, &mut transaction, actor, contract, date, cuts).await?;
    store::runs::unpark(&mut transaction, STEP, &[contract], context.clock.now()).await?;
    store::runs::count(&mut transaction, date, STEP, done.into(), 0).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
