//! A customer's holiday: the lines end when it begins and others begin on the day of return, so that nothing is billed
//! between, and nothing has to be made up afterwards.

use chrono::NaiveDate;
use domain::contract_line::LineFacts;
use domain::credit::CreditBecause;
use domain::failure::{Blocker, Failure};
use domain::ids::{ContractId, ContractLineId};
use domain::plan_change::PauseFee;
use domain::service::{HoldEffect, HoldEvidence, HoldReason};
use domain::timeline::{Event, LiftReason};
use store::contract_lines::Line;
use store::contracts::Contract;
use store::holds::{NewHold, OpenHold};

use super::apply::Changing;
use super::wish;
use crate::contracts::{lock, service_state};
use crate::permit::{Actor, DecideChanges, Permit};
use crate::record::{Subject, audit, tell};
use crate::{Context, Result};

/// Ends the lines on the first day, has them follow on the day of return, and places the hold.
///
/// # Errors
/// `Blocked` by `PauseOver` when the day of return has come, and by `AlreadyHeld` when the contract is paused.
pub(super) async fn begin(
    changing: &Changing<'_>,
    transaction: &mut store::Transaction,
    lines: &[Line],
    (from, until): (NaiveDate, NaiveDate),
    fee: Option<&PauseFee>,
) -> Result<()> {
    if until <= from {
        return Err(Failure::Blocked { what: Blocker::PauseOver }.into());
    }
    let paused: Vec<&Line> = lines.iter().filter(|line| wish::is_current(line, from)).collect();
    for line in &paused {
        let goes_on = line.dates.ends_on.is_none_or(|ends| ends > until);
        if changing.end(transaction, line, from).await? && goes_on {
            let next = changing.begin(transaction, line.facts.clone(), until, line.dates.ends_on).await?;
            store::leases::follow(transaction, line.id, next, changing.contract.id).await?;
        }
    }
    let fee = match (fee, paused.first()) {
        (Some(fee), Some(first)) => {
            Some(changing.begin(transaction, fee_line(&first.facts, fee), from, Some(until)).await?)
        }
        _ => None,
    };
    place(changing, transaction, &HoldEvidence::Pause { until, fee }).await?;
    service_state::rederive(changing.context, transaction, changing.actor, changing.contract.id).await?;
    Ok(())
}

/// As the line that rests, on its terms, for the price of the pause.
fn fee_line(rests: &LineFacts, fee: &PauseFee) -> LineFacts {
    LineFacts { description: fee.description.clone(), unit_price: fee.unit_price, ..rests.clone() }
}

async fn place(changing: &Changing<'_>, transaction: &mut store::Transaction, evidence: &HoldEvidence) -> Result<()> {
    let (reason, effect) = (HoldReason::Pause, HoldEffect::HardCut);
    let hold = NewHold {
        contract: changing.contract.id,
        reason,
        effect,
        evidence,
        on: changing.today,
        at: changing.context.clock.now(),
        by: changing.actor.user_id(),
    };
    store::holds::place(transaction, &hold).await.map_err(|error| match error {
        store::Error::Taken { .. } => Failure::Blocked { what: Blocker::AlreadyHeld }.into(),
        error => crate::Error::from(error),
    })?;
    let event = Event::HoldPlaced { reason, effect, evidence: evidence.clone() };
    let contract = changing.contract;
    tell(changing.context, transaction, changing.actor, contract.customer, contract.id, &event).await
}

/// The customer comes back sooner: the service begins again today, and with it the bills.
///
/// # Errors
/// `Blocked` by `NotHeld` when the contract is not paused.
pub async fn end_pause(context: &Context, permit: &Permit<DecideChanges>, contract: ContractId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let contract = lock(&mut transaction, contract).await?;
    let (today, actor) = (context.clock.today(), permit.actor());
    if !resume(context, &mut transaction, actor, &contract, today).await? {
        return Err(Failure::Blocked { what: Blocker::NotHeld }.into());
    }
    let subject = Subject { kind: "contract", id: contract.id.0 };
    audit(context, &mut transaction, permit, subject, None::<&()>, Some(&Resumed { resumed_on: today })).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// As the audit shows it.
#[derive(serde::Serialize)]
struct Resumed {
    resumed_on: NaiveDate,
}

/// Lifts the pause of a contract that is locked; a line whose day of return is still to come begins on `today`. Answers
/// false when there is none.
pub(crate) async fn resume(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: &Contract,
    today: NaiveDate,
) -> Result<bool> {
    let changing = Changing { context, actor, contract, today, because: CreditBecause::Paused };
    let mut resumed = false;
    for hold in store::holds::open(transaction, contract.id).await? {
        let HoldEvidence::Pause { fee, .. } = &hold.evidence else { continue };
        bring_back(&changing, transaction, *fee).await?;
        lift(&changing, transaction, &hold).await?;
        resumed = true;
    }
    if resumed {
        service_state::rederive(context, transaction, actor, contract.id).await?;
        changing.settle(transaction).await?;
    }
    Ok(resumed)
}

/// Whatever was to begin on the day of return begins today: the lines that rest, or what they were changed to meanwhile.
async fn bring_back(
    changing: &Changing<'_>,
    transaction: &mut store::Transaction,
    fee: Option<ContractLineId>,
) -> Result<()> {
    for line in store::contract_lines::lock_of_contract(transaction, changing.contract.id).await? {
        if fee == Some(line.id) {
            changing.end(transaction, &line, changing.today).await?;
        } else if waits(&line, changing.today) {
            let dates = domain::plan_change::follow(line.facts.clone(), changing.today, line.dates.ends_on).1;
            store::contract_lines::save_dates(transaction, line.id, &dates).await?;
        }
    }
    Ok(())
}

/// A line that is to begin later, and was not billed yet.
fn waits(line: &Line, today: NaiveDate) -> bool {
    let dates = &line.dates;
    let later = dates.starts_on.is_some_and(|starts| starts > today);
    let over = dates.ends_on.is_some_and(|ends| dates.starts_on.is_none_or(|starts| ends <= starts));
    line.facts.terms.is_some() && later && !over && dates.billed_through.is_none()
}

async fn lift(changing: &Changing<'_>, transaction: &mut store::Transaction, hold: &OpenHold) -> Result<()> {
    let (context, actor, contract) = (changing.context, changing.actor, changing.contract);
    let lifting = service_state::Lifting { context, actor, contract, because: LiftReason::PauseOver };
    lifting.lift(transaction, hold).await
}
