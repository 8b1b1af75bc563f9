//! A contract is over, and lets go of what it held.

use chrono::NaiveDate;
use domain::contract::ContractEvent;
use domain::ids::ContractId;
use domain::timeline::{Event, LiftReason};
use domain::views::contract_forms::CloseForm;
use store::contracts::Contract;

use super::service_state::{self, Lifting};
use super::{lock, subject};
use crate::permit::{CloseContracts, Permit};
use crate::record::{audit, tell};
use crate::{Context, Result};

/// Ends the lines on the closing date, lifts all holds, has the router cleared, and releases user, MAC and address, which
/// may then serve somebody else.
///
/// The nightly run still bills what was used and not billed: a postpaid part period, up to the closing date. What was
/// prepaid beyond that date is not given back by itself; somebody decides on a credit note.
///
/// # Errors
/// `Fields` for a date in the future or a missing reason; `Lifecycle` when the contract is closed already, or the date is
/// before its present state.
pub async fn close(
    context: &Context,
    permit: &Permit<CloseContracts>,
    contract: ContractId,
    form: &CloseForm,
) -> Result<()> {
    let (on, reason) = form.check(context.clock.today())?;
    let mut transaction = context.begin().await?;
    let contract = lock(&mut transaction, contract).await?;
    let state = contract.state.apply(ContractEvent::Close { on, reason: reason.clone() })?;
    end_lines(&mut transaction, contract.id, on).await?;
    lift_all(context, &mut transaction, permit, &contract).await?;
    audit(context, &mut transaction, permit, subject(contract.id), Some(&contract.state), Some(&state)).await?;
    let event = Event::ContractClosed { on, reason };
    tell(context, &mut transaction, permit.actor(), contract.customer, contract.id, &event).await?;
    service_state::move_to(context, &mut transaction, permit.actor(), &contract, &state).await?;
    store::service_settings::release(&mut transaction, contract.id, context.clock.now()).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn end_lines(transaction: &mut store::Transaction, contract: ContractId, on: NaiveDate) -> Result<()> {
    for line in store::contract_lines::lock_of_contract(transaction, contract).await? {
        let dates = line.dates.ended(line.facts.terms.as_ref(), on);
        store::contract_lines::save_dates(transaction, line.id, &dates).await?;
    }
    Ok(())
}

async fn lift_all(
    context: &Context,
    transaction: &mut store::Transaction,
    permit: &Permit<CloseContracts>,
    contract: &Contract,
) -> Result<()> {
    let lifting = Lifting { context, actor: permit.actor(), contract, because: LiftReason::ContractClosed };
    for hold in store::holds::open(transaction, contract.id).await? {
        lifting.lift(transaction, &hold).await?;
    }
    Ok(())
}
