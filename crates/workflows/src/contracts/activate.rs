//! An open contract is installed: service and billing begin.

use chrono::NaiveDate;
use domain::contract::ContractEvent;
use domain::contract_line::LineDates;
use domain::failure::{Blocker, Failure};
use domain::ids::ContractId;
use domain::timeline::Event;
use domain::views::contract_forms::DateForm;

use super::{lock, must_recur, service_state, subject};
use crate::permit::{ActivateContracts, Permit};
use crate::record::{audit, tell};
use crate::{Context, Result, billing, plant};

/// Starts the lines on the day of activation, has the router provisioned, connects the port that was kept, and bills at once what is due at once: the
/// first period of prepaid lines, and what is charged once.
///
/// # Errors
/// `Fields` for a date in the future; `Lifecycle` when the contract is not open, or its address has no position;
/// `Blocked` by `NoService` or `NoRecurringLine`.
pub async fn activate(
    context: &Context,
    permit: &Permit<ActivateContracts>,
    contract: ContractId,
    form: &DateForm,
) -> Result<()> {
    let today = context.clock.today();
    let on = form.check(today)?;
    let mut transaction = context.begin().await?;
    let contract = lock(&mut transaction, contract).await?;
    let (_, address) = store::addresses::get(&mut transaction, contract.address).await?;
    let located = address.facts.position.is_some();
    let state = contract.state.apply(ContractEvent::Activate { on, located })?;
    must_have_service(&mut transaction, contract.id).await?;
    start_lines(&mut transaction, contract.id, on).await?;
    audit(context, &mut transaction, permit, subject(contract.id), Some(&contract.state), Some(&state)).await?;
    let event = Event::ContractActivated { on };
    tell(context, &mut transaction, permit.actor(), contract.customer, contract.id, &event).await?;
    service_state::move_to(context, &mut transaction, permit.actor(), &contract, &state).await?;
    plant::take_reserved(context, &mut transaction, permit.actor(), &contract).await?;
    billing::bill_contract(context, &mut transaction, contract.id, today).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn must_have_service(transaction: &mut store::Transaction, contract: ContractId) -> Result<()> {
    match store::service_settings::of_contract(transaction, contract).await? {
        Some(_) => Ok(()),
        None => Err(Failure::Blocked { what: Blocker::NoService }.into()),
    }
}

async fn start_lines(transaction: &mut store::Transaction, contract: ContractId, on: NaiveDate) -> Result<()> {
    let lines = store::contract_lines::lock_of_contract(transaction, contract).await?;
    must_recur(&lines)?;
    let billing_day = store::company::billing_day(transaction).await?;
    for line in lines {
        let facts = line.facts.started(on, billing_day);
        let dates = LineDates::started(facts.terms.as_ref(), on);
        store::contract_lines::edit(transaction, line.id, &facts).await?;
        store::contract_lines::save_dates(transaction, line.id, &dates).await?;
    }
    Ok(())
}
