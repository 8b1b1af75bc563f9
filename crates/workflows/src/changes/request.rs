//! A change is asked for, and decided on. What somebody asks for who may decide is approved at once.

use chrono::NaiveDate;
use domain::contract::ContractState;
use domain::failure::{Blocker, Failure, Problem, required};
use domain::ids::{ChangeId, ContractId};
use domain::plan_change::{Change, ChangeEvent, ChangeState, ChangeSummary, Timing, next_period};
use domain::timeline::Event;
use domain::views::changes::{PauseForm, PlanChangeForm, QuantityForm};
use store::changes::{NewChange, StoredChange};
use store::contract_lines::Line;
use store::contracts::Contract;

use super::{apply, wish};
use crate::contracts::{lock, not_allowed};
use crate::permit::{Actor, DecideChanges, Permit, RequestChanges};
use crate::record::{Subject, audit, audit_as, tell};
use crate::{Context, Error, Result};

/// Another plan for a line, now or from the next period.
///
/// # Errors
/// `Fields`; `Lifecycle` when the contract is not active; `Blocked` by `ChangeUnderWay`; `CurrencyMismatch`.
pub async fn request_plan(
    context: &Context,
    permit: &Permit<RequestChanges>,
    contract: ContractId,
    form: &PlanChangeForm,
) -> Result<ChangeId> {
    let (line, plan, timing) = form.check()?;
    let mut transaction = context.begin().await?;
    let (contract, lines) = begin(&mut transaction, contract).await?;
    let line = wish::current(&lines, line, context.clock.today())?;
    let (change, summary) = wish::to_plan(context, &mut transaction, &contract, line, plan).await?;
    let asked = Asked { change, summary, timing };
    let id = ask(context, &mut transaction, permit.actor(), &contract, &lines, asked).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

/// Another quantity for a line, now or from the next period.
///
/// # Errors
/// As [`request_plan`].
pub async fn request_quantity(
    context: &Context,
    permit: &Permit<RequestChanges>,
    contract: ContractId,
    form: &QuantityForm,
) -> Result<ChangeId> {
    let (line, quantity, timing) = form.check()?;
    let mut transaction = context.begin().await?;
    let (contract, lines) = begin(&mut transaction, contract).await?;
    let line = wish::current(&lines, line, context.clock.today())?;
    if line.facts.quantity == quantity {
        return Err(Failure::field("quantity", Problem::OutOfRange).into());
    }
    let (of, from) = (line.facts.description.clone(), line.facts.quantity);
    let change = Change::Quantity { line: line.id, quantity };
    let asked = Asked { change, summary: ChangeSummary::Quantity { of, from, to: quantity }, timing };
    let id = ask(context, &mut transaction, permit.actor(), &contract, &lines, asked).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

/// A customer's holiday, from today or a later day.
///
/// # Errors
/// As [`request_plan`].
pub async fn request_pause(
    context: &Context,
    permit: &Permit<RequestChanges>,
    contract: ContractId,
    form: &PauseForm,
) -> Result<ChangeId> {
    let pause = form.check(context.clock.today())?;
    let mut transaction = context.begin().await?;
    let (contract, lines) = begin(&mut transaction, contract).await?;
    let change = Change::Pause { from: pause.from, until: pause.until, fee: pause.fee };
    let summary = ChangeSummary::Pause { from: pause.from, until: pause.until };
    let asked = Asked { change, summary, timing: Timing::Now };
    let id = ask(context, &mut transaction, permit.actor(), &contract, &lines, asked).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

/// What somebody asks for.
pub(crate) struct Asked {
    pub change: Change,
    pub summary: ChangeSummary,
    pub timing: Timing,
}

/// Locks an active contract and its lines.
pub(crate) async fn begin(transaction: &mut store::Transaction, contract: ContractId) -> Result<(Contract, Vec<Line>)> {
    let contract = lock(transaction, contract).await?;
    if !matches!(contract.state, ContractState::Active { .. }) {
        return Err(not_allowed(&contract, "change").into());
    }
    let lines = store::contract_lines::lock_of_contract(transaction, contract.id).await?;
    Ok((contract, lines))
}

/// Writes a request down; it goes on at once when whoever asks may decide.
pub(crate) async fn ask(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: &Contract,
    lines: &[Line],
    asked: Asked,
) -> Result<ChangeId> {
    let Asked { change, summary, timing } = asked;
    let new = NewChange {
        contract: contract.id,
        change: &change,
        summary: &summary,
        timing,
        at: context.clock.now(),
        by: actor.user_id(),
        by_name: actor.name(),
    };
    let id = store::changes::add(transaction, &new).await.map_err(|error| match error {
        store::Error::Taken { .. } => Error::Refused(Failure::Blocked { what: Blocker::ChangeUnderWay }),
        error => error.into(),
    })?;
    audit_as(context, transaction, actor, "request_changes", subject(id), None::<&()>, Some(&change)).await?;
    let change = StoredChange { id, contract: contract.id, change, summary, timing, state: ChangeState::Requested };
    tell_of(context, transaction, actor, contract, &change).await?;
    if let Ok(permit) = actor.permit::<DecideChanges>() {
        go_on(context, transaction, &permit, contract, lines, change).await?;
    }
    Ok(id)
}

/// Approves what was asked for: it takes effect at once, or is applied by the nightly run on its day.
///
/// # Errors
/// `Blocked` by `ChangeDecided`; `Lifecycle` when the contract is not active any more.
pub async fn approve(context: &Context, permit: &Permit<DecideChanges>, change: ChangeId) -> Result<ContractId> {
    let mut transaction = context.begin().await?;
    let contract = store::changes::contract_of(&mut transaction, change).await?;
    let (contract, lines) = begin(&mut transaction, contract).await?;
    let change = store::changes::lock(&mut transaction, change).await?;
    go_on(context, &mut transaction, permit, &contract, &lines, change).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(contract.id)
}

async fn go_on(
    context: &Context,
    transaction: &mut store::Transaction,
    permit: &Permit<DecideChanges>,
    contract: &Contract,
    lines: &[Line],
    mut change: StoredChange,
) -> Result<()> {
    let today = context.clock.today();
    let on = first_day(&change, lines, today)?;
    let before = change.state.clone();
    change.state = change.state.apply(ChangeEvent::Approve { on }).map_err(|_| decided())?;
    store::changes::save_state(transaction, change.id, &change.state).await?;
    audit(context, transaction, permit, subject(change.id), Some(&before), Some(&change.state)).await?;
    if on > today {
        return tell_of(context, transaction, permit.actor(), contract, &change).await;
    }
    apply::apply(context, transaction, permit.actor(), contract, &change, today).await
}

fn first_day(change: &StoredChange, lines: &[Line], today: NaiveDate) -> Result<NaiveDate> {
    match (&change.change, change.timing) {
        (Change::Pause { from, .. }, _) => Ok(today.max(*from)),
        (Change::Plan { .. } | Change::Quantity { .. }, Timing::Now) => Ok(today),
        (Change::Plan { line, .. } | Change::Quantity { line, .. }, Timing::NextPeriod) => {
            let line = wish::current(lines, *line, today)?;
            next_period(&line.facts, &line.dates, today).ok_or_else(|| decided().into())
        }
    }
}

/// # Errors
/// `Fields` (a reason is required, which the customer reads); `Blocked` by `ChangeDecided`.
pub async fn reject(
    context: &Context,
    permit: &Permit<DecideChanges>,
    change: ChangeId,
    reason: &str,
) -> Result<ContractId> {
    let reason = required(reason, 500).map_err(|problem| Failure::field("reason", problem))?;
    decide(context, permit.actor(), "decide_changes", change, ChangeEvent::Reject { reason }).await
}

/// Takes back what was asked for, or approved for a later day.
///
/// # Errors
/// `Blocked` by `ChangeDecided`.
pub async fn withdraw(context: &Context, permit: &Permit<RequestChanges>, change: ChangeId) -> Result<ContractId> {
    decide(context, permit.actor(), "request_changes", change, ChangeEvent::Withdraw).await
}

async fn decide(
    context: &Context,
    actor: &Actor,
    verb: &str,
    change: ChangeId,
    event: ChangeEvent,
) -> Result<ContractId> {
    let mut transaction = context.begin().await?;
    let contract = store::changes::contract_of(&mut transaction, change).await?;
    let contract = lock(&mut transaction, contract).await?;
    settle_request(context, &mut transaction, actor, verb, &contract, change, event).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(contract.id)
}

/// Ends a request without applying it. The contract is locked.
pub(crate) async fn settle_request(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    verb: &str,
    contract: &Contract,
    change: ChangeId,
    event: ChangeEvent,
) -> Result<()> {
    let mut change = store::changes::lock(transaction, change).await?;
    let before = change.state.clone();
    change.state = change.state.apply(event).map_err(|_| decided())?;
    store::changes::save_state(transaction, change.id, &change.state).await?;
    audit_as(context, transaction, actor, verb, subject(change.id), Some(&before), Some(&change.state)).await?;
    tell_of(context, transaction, actor, contract, &change).await
}

async fn tell_of(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: &Contract,
    change: &StoredChange,
) -> Result<()> {
    let event = Event::Change { what: change.summary.clone(), now: change.state.clone() };
    tell(context, transaction, actor, contract.customer, contract.id, &event).await
}

fn decided() -> Failure {
    Failure::Blocked { what: Blocker::ChangeDecided }
}

fn subject(id: ChangeId) -> Subject {
    Subject { kind: "change", id: id.0 }
}

/// Withdraws what is under way of a contract that ends. The contract is locked.
pub(crate) async fn withdraw_open(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: &Contract,
) -> Result<()> {
    let Some(open) = store::changes::open(transaction, contract.id).await? else { return Ok(()) };
    let event = ChangeEvent::Withdraw;
    settle_request(context, transaction, actor, "request_changes", contract, open, event).await
}
