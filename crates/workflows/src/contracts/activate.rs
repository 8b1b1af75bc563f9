//! An open contract is installed: service and billing begin.

use chrono::NaiveDate;
use domain::contract::ContractEvent;
use domain::contract_line::LineDates;
use domain::failure::{Blocker, Failure};
use domain::ids::ContractId;
use domain::timeline::Event;
use domain::views::contract_forms::DateForm;
use domain::work_order::WorkKind;
use store::contracts::Contract;

use super::{lock, must_recur, service_state, subject};
use crate::permit::{ActivateContracts, Actor, Permit, Verb};
use crate::record::{audit_as, tell};
use crate::{Context, Result, billing, plant, work_orders};

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
    install(context, &mut transaction, permit.actor(), &contract, on).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// The same in the transaction of whoever finished the installation; the contract is locked.
pub(crate) async fn install(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: &Contract,
    on: NaiveDate,
) -> Result<()> {
    let (_, address) = store::addresses::get(transaction, contract.address).await?;
    let located = address.facts.position.is_some();
    let state = contract.state.apply(ContractEvent::Activate { on, located })?;
    must_have_service(transaction, contract.id).await?;
    start_lines(transaction, contract.id, on).await?;
    let (verb, before) = (ActivateContracts::NAME, Some(&contract.state));
    audit_as(context, transaction, actor, verb, subject(contract.id), before, Some(&state)).await?;
    let event = Event::ContractActivated { on };
    tell(context, transaction, actor, contract.customer, contract.id, &event).await?;
    service_state::move_to(context, transaction, actor, contract, &state).await?;
    plant::take_reserved(context, transaction, actor, contract).await?;
    billing::bill_contract(context, transaction, contract.id, context.clock.today()).await?;
    work_orders::no_longer_needed(context, transaction, contract.id, &[WorkKind::Install]).await
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
