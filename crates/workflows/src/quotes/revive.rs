//! A contract comes back to life by an agreed quote, in the transaction that agrees.

use domain::contract::{ContractEvent, ContractState};
use domain::failure::{Blocker, Failure, FieldProblem, Problem};
use domain::reconnection::{period, revived};
use domain::timeline::{Event, LiftReason};
use store::contracts::Contract;
use store::quotes::Quote;

use super::list::taken;
use super::reconnect::{closed_on, must_be_cut};
use crate::contracts::service_state::{Lifting, move_to};
use crate::permit::Actor;
use crate::record::tell;
use crate::{Context, Error, Result, pools};

/// Lifts the overdue holds or opens the closed contract again, counts the quote's periods as billed, and has the router
/// provisioned. What was owed before stays owed, and cuts nobody any more. The caller has locked the customer.
///
/// # Errors
/// `Lifecycle` when the service is neither cut nor closed any more; `Blocked` by `HeldForAnotherReason`, or by
/// `PeriodBilled` when a period of the quote was billed meanwhile; `Fields` when somebody else has the user, the MAC or
/// the address by now.
pub(super) async fn revive(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    quote: &Quote,
) -> Result<()> {
    let contract = quote.contract.ok_or(Failure::NotFound)?;
    let contract = store::contracts::lock(transaction, contract).await?;
    must_be_cut(transaction, &contract).await?;
    begin_lines(transaction, quote, &contract).await?;
    guard_periods(transaction, quote).await?;
    let today = context.clock.today();
    let number = quote.number.clone().unwrap_or_default();
    lift_overdue(context, transaction, actor, &contract, &number).await?;
    let state = match &contract.state {
        ContractState::Closed { .. } => {
            take_service_back(transaction, &contract).await?;
            contract.state.apply(ContractEvent::Revive { on: today })?
        }
        state => state.clone(),
    };
    store::reconnection::mark(transaction, contract.id, today).await?;
    let event = Event::ServiceReconnected { quote: quote.id, number };
    tell(context, transaction, actor, contract.customer, contract.id, &event).await?;
    move_to(context, transaction, actor, &contract, &state).await?;
    Ok(())
}

/// Each line goes on after the period that the quote pays.
async fn begin_lines(transaction: &mut store::Transaction, quote: &Quote, contract: &Contract) -> Result<()> {
    let paid = store::quotes::periods(transaction, quote.id).await?;
    let closed_on = closed_on(contract);
    for line in store::contract_lines::lock_of_contract(transaction, contract.id).await? {
        let Some(terms) = line.facts.terms else { continue };
        let Some((_, starts, ends)) = paid.iter().find(|(id, ..)| *id == line.id) else { continue };
        let expected = period(&terms, &line.dates, closed_on, *starts);
        let still_free = expected.filter(|period| period.range.start() == *starts && period.range.end() == *ends);
        let period = still_free.ok_or(Failure::Blocked { what: Blocker::PeriodBilled })?;
        let dates = revived(&terms, &line.dates, closed_on, &period);
        store::contract_lines::save_dates(transaction, line.id, &dates).await?;
    }
    Ok(())
}

/// The database has the last word on what was billed.
async fn guard_periods(transaction: &mut store::Transaction, quote: &Quote) -> Result<()> {
    store::quotes::guard_periods(transaction, quote.id).await.map_err(|error| match error {
        store::Error::Overlap { .. } => Error::from(Failure::Blocked { what: Blocker::PeriodBilled }),
        error => error.into(),
    })
}

async fn lift_overdue(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: &Contract,
    number: &str,
) -> Result<()> {
    let because = LiftReason::Reconnected { quote: number.to_owned() };
    let lifting = Lifting { context, actor, contract, because };
    for hold in store::holds::open(transaction, contract.id).await? {
        lifting.lift(transaction, &hold).await?;
    }
    Ok(())
}

/// Closing let go of user, MAC and address.
async fn take_service_back(transaction: &mut store::Transaction, contract: &Contract) -> Result<()> {
    if store::service_settings::of_contract(transaction, contract.id).await?.is_none() {
        return Err(Failure::Blocked { what: Blocker::NoService }.into());
    }
    let taken = taken(transaction, contract.id).await?;
    if !taken.is_empty() {
        let problem = |(field, by)| FieldProblem { field, problem: Problem::Taken { by } };
        return Err(Failure::Fields { fields: taken.into_iter().map(problem).collect() }.into());
    }
    let taken_back = store::service_settings::take_back(transaction, contract.id).await;
    taken_back.map_err(|error| match &error {
        store::Error::Taken { constraint } => pools::kept_back(constraint).map_or_else(|| error.into(), Error::from),
        _ => error.into(),
    })
}
