//! The same done to many records: first a look at what would happen to whom, then each by its own workflow, with its own
//! audit. One that fails keeps none of the others from being done. What leaves the house, or would do harm twice, is done in
//! one transaction and once for each preview, however often that is confirmed.

mod sector;
mod send;
mod write;

pub use sector::change_sector;
pub use send::{preview_invoices, send_invoices};
pub use write::{message_contracts, message_invoices};

use domain::failure::Failure;
use domain::ids::{BulkRunId, ContractId, JobId, SectorId};
use domain::service::{HoldEffect, HoldReason};
use domain::views::bulk::{
    BulkAction, BulkForm, BulkPreview, BulkResult, BulkRun, Chosen, MOST, Once, SkipReason, Skipped, Target,
};
use domain::views::contract_forms::{RestoreForm, SuspendForm};
use domain::views::contracts::ContractFilter;
use domain::views::jobs::{JobFilter, JobRow, JobSubject};
use domain::views::list::PageNumber;
use store::bulk::BulkContract;

use crate::permit::{Actor, LiftHolds, ManageJobs, Permit, PlaceHolds, SeeContracts, SeeJobs};
use crate::record::fresh_key;
use crate::{Context, Error, Result, contracts, jobs};

/// A record that was chosen, and what keeps it from being done. `record` is what it is done to.
struct Decided<Record> {
    target: Target,
    record: Record,
    skip: Option<SkipReason>,
}

/// What an action would do to contracts of a list. `sector` is where they are put, once it was chosen.
pub async fn preview_contracts(
    context: &Context,
    permit: &Permit<SeeContracts>,
    (action, sector): (BulkAction, Option<SectorId>),
    chosen: &Chosen,
    filter: &ContractFilter,
) -> Result<BulkPreview> {
    let ids = match chosen {
        Chosen::Rows(rows) => rows.clone(),
        Chosen::All => {
            let all = ContractFilter { page: PageNumber::stretch(1), ..filter.clone() };
            contracts::list(context, permit, &all).await?.rows.iter().map(|row| row.id.0).collect()
        }
    };
    let mut connection = context.connection().await?;
    let contracts = store::bulk::contracts(&mut connection, looked_at(&ids)).await?;
    Ok(match (action, sector) {
        (BulkAction::Sector, Some(sector)) => preview(ids.len(), sector::decide(contracts, sector)),
        // Nothing can be said before it is chosen.
        (BulkAction::Sector, None) => preview(ids.len(), Vec::<Decided<()>>::new()),
        (BulkAction::Message, _) => {
            let whom = contracts.into_iter().map(write::Whom::from).collect();
            preview(ids.len(), write::decide(context, &mut connection, whom).await?)
        }
        (action, _) => preview(ids.len(), contracts.iter().map(|contract| hold_or_lift(action, contract)).collect()),
    })
}

fn hold_or_lift(action: BulkAction, contract: &BulkContract) -> Decided<()> {
    let skip = action.skips_contract(contract.state, contract.held);
    Decided { target: Target { id: contract.id, name: contract.name(), also: Vec::new() }, record: (), skip }
}

/// More than can be done at once is not looked at.
fn looked_at(ids: &[i64]) -> &[i64] {
    &ids[..ids.len().min(MOST)]
}

fn preview<Record>(chosen: usize, decided: Vec<Decided<Record>>) -> BulkPreview {
    let mut preview = BulkPreview { too_many: chosen > MOST, key: fresh_key(), ..BulkPreview::default() };
    for Decided { target, skip, .. } in decided {
        match skip {
            None => preview.targets.push(target),
            Some(because) => preview.skipped.push(Skipped { name: target.name, because }),
        }
    }
    preview
}

/// What an action would do to jobs of a list.
pub async fn preview_jobs(
    context: &Context,
    permit: &Permit<SeeJobs>,
    action: BulkAction,
    chosen: &Chosen,
    filter: &JobFilter,
) -> Result<BulkPreview> {
    let found = match chosen {
        Chosen::Rows(rows) => {
            let mut found = Vec::new();
            for row in rows.iter().take(MOST + 1) {
                found.push(jobs::show(context, permit, JobId(*row)).await?.job);
            }
            found
        }
        Chosen::All => {
            jobs::list(context, permit, &JobFilter { page: PageNumber::stretch(1), ..filter.clone() }).await?.rows
        }
    };
    let decided = found.iter().take(MOST).map(|job| Decided {
        target: Target { id: job.id.0, name: job_name(job), also: Vec::new() },
        record: (),
        skip: action.skips_job(job.state, &job.subject),
    });
    Ok(preview(found.len(), decided.collect()))
}

/// What it is about, and its number.
fn job_name(job: &JobRow) -> String {
    let about = match &job.subject {
        JobSubject::Service { contract_code, .. } => contract_code.as_str(),
        JobSubject::Message { to, .. } => to.as_str(),
        other => other.whose(),
    };
    format!("{} · {about}", job.id)
}

/// Places a hold by staff on each contract.
///
/// # Errors
/// `Fields`.
pub async fn hold(context: &Context, permit: &Permit<PlaceHolds>, form: &BulkForm) -> Result<BulkRunId> {
    let (rows, why) = form.check(true)?;
    let suspend = SuspendForm {
        reason: HoldReason::Staff.word().to_owned(),
        effect: HoldEffect::SoftCut.word().to_owned(),
        why: why.clone(),
    };
    let mut results = Vec::new();
    for (id, code) in codes(context, &rows).await? {
        let done = contracts::suspend(context, permit, ContractId(id), &suspend).await;
        results.push(result(id, code, done)?);
    }
    keep(context, permit.actor(), BulkAction::Hold, why, results).await
}

/// Lifts the holds by staff of each contract.
///
/// # Errors
/// `Fields`.
pub async fn lift(context: &Context, permit: &Permit<LiftHolds>, form: &BulkForm) -> Result<BulkRunId> {
    let (rows, why) = form.check(true)?;
    let restore = RestoreForm { reason: HoldReason::Staff.word().to_owned(), why: why.clone() };
    let mut results = Vec::new();
    for (id, code) in codes(context, &rows).await? {
        let done = contracts::restore(context, permit, ContractId(id), &restore).await;
        results.push(result(id, code, done)?);
    }
    keep(context, permit.actor(), BulkAction::Lift, why, results).await
}

/// Puts each job back in the queue.
///
/// # Errors
/// `Fields`.
pub async fn repeat(context: &Context, permit: &Permit<ManageJobs>, form: &BulkForm) -> Result<BulkRunId> {
    let (rows, why) = form.check(false)?;
    let mut results = Vec::new();
    for id in rows {
        let done = jobs::repeat(context, permit, JobId(id)).await;
        results.push(result(id, id.to_string(), done)?);
    }
    keep(context, permit.actor(), BulkAction::Repeat, why, results).await
}

/// Takes each job off the queue.
///
/// # Errors
/// `Fields`.
pub async fn cancel(context: &Context, permit: &Permit<ManageJobs>, form: &BulkForm) -> Result<BulkRunId> {
    let (rows, why) = form.check(false)?;
    let mut results = Vec::new();
    for id in rows {
        let done = jobs::cancel(context, permit, JobId(id)).await;
        results.push(result(id, id.to_string(), done)?);
    }
    keep(context, permit.actor(), BulkAction::Cancel, why, results).await
}

/// A refusal is one record's matter; what is ours ends the whole.
fn result(id: i64, name: String, done: Result<()>) -> Result<BulkResult> {
    match done {
        Ok(()) => Ok(BulkResult { id, name, failure: None, skipped: None }),
        Err(Error::Refused(failure)) => Ok(BulkResult { id, name, failure: Some(failure), skipped: None }),
        Err(error) => Err(error),
    }
}

/// What was done, or left out, where nothing is refused one by one.
fn outcome(target: Target, skipped: Option<SkipReason>) -> BulkResult {
    BulkResult { id: target.id, name: target.name, failure: None, skipped }
}

/// What is confirmed twice is done by the first.
enum Begun {
    First(BulkRunId),
    Before(BulkRunId),
}

async fn begin_once(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    (action, why): (BulkAction, &str),
    once: &Once,
) -> Result<Begun> {
    let run = BulkRun { action, why: why.to_owned(), at: context.clock.now(), results: Vec::new() };
    Ok(match store::bulk::begin(transaction, actor.user_id(), &run, &once.key).await? {
        Some(run) => Begun::First(run),
        None => Begun::Before(store::bulk::of_key(transaction, actor.user_id(), &once.key).await?),
    })
}

async fn finish(mut transaction: store::Transaction, run: BulkRunId, results: &[BulkResult]) -> Result<BulkRunId> {
    store::bulk::finish(&mut transaction, run, results).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(run)
}

async fn codes(context: &Context, rows: &[i64]) -> Result<Vec<(i64, String)>> {
    let contracts = store::bulk::contracts(&mut *context.connection().await?, rows).await?;
    Ok(contracts.into_iter().map(|contract| (contract.id, contract.code)).collect())
}

async fn keep(
    context: &Context,
    actor: &Actor,
    action: BulkAction,
    why: String,
    results: Vec<BulkResult>,
) -> Result<BulkRunId> {
    let run = BulkRun { action, why, at: context.clock.now(), results };
    Ok(store::bulk::add(&mut *context.connection().await?, actor.user_id(), &run).await?)
}

/// What somebody did, for themselves.
pub async fn show(context: &Context, actor: &Actor, run: BulkRunId) -> Result<BulkRun> {
    let user = actor.user_id().ok_or(Failure::NotFound)?;
    Ok(store::bulk::show(&mut *context.connection().await?, user, run).await?)
}
