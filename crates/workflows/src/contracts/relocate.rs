//! The customer moves, and takes the service along.

use domain::contract::{ContractState, ContractStateName, LifecycleError};
use domain::failure::{Failure, Problem};
use domain::ids::{ContractId, RouterId};
use domain::service_settings::ServiceSettings;
use domain::timeline::Event;
use domain::views::contract_moves::MoveForm;
use domain::work_order::WorkKind;
use serde::Serialize;
use store::contracts::Contract;

use super::{lock, must_live_at, not_allowed, subject};
use crate::permit::{MoveContracts, Permit};
use crate::record::{audit, tell};
use crate::{Context, Result, jobs, plant, work_orders};

/// Installs an open or active contract at another address of its customer, with its sector, and behind another router when
/// one is named: the one that it leaves is cleared. The port of the fibre plant is let go of, since a cable does not reach.
/// What is billed stays the same. Somebody has to go there; whoever is on the way to the former address is told.
///
/// # Errors
/// `Fields`; `Lifecycle` for a contract that is a draft (edit it) or closed, and for an address without a position.
pub async fn relocate(
    context: &Context,
    permit: &Permit<MoveContracts>,
    contract: ContractId,
    form: &MoveForm,
) -> Result<()> {
    let (address, router) = form.check()?;
    let mut transaction = context.begin().await?;
    let contract = lock(&mut transaction, contract).await?;
    if !matches!(contract.state, ContractState::Open { .. } | ContractState::Active { .. }) {
        return Err(not_allowed(&contract, "move").into());
    }
    must_live_at(&mut transaction, contract.customer, address).await?;
    let (_, from) = store::addresses::get(&mut transaction, contract.address).await?;
    let (_, to) = store::addresses::get(&mut transaction, address).await?;
    if to.facts.position.is_none() {
        return Err(LifecycleError::AddressWithoutPosition.into());
    }
    store::contracts::relocate(&mut transaction, contract.id, address).await?;
    plant::let_go(context, &mut transaction, permit.actor(), &contract).await?;
    if let Some(router) = router {
        change_router(context, &mut transaction, &contract, router).await?;
    }
    let work = if contract.state.name() == ContractStateName::Open { WorkKind::Install } else { WorkKind::Move };
    work_orders::go_elsewhere(context, &mut transaction, contract.id).await?;
    work_orders::order(context, &mut transaction, contract.id, work).await?;
    let place = |street: &str, city: &str| format!("{street}, {city}");
    let from = place(&from.facts.street, &from.facts.city);
    let to = place(&to.facts.street, &to.facts.city);
    let (before, after) = (Audited { address: &from }, Audited { address: &to });
    audit(context, &mut transaction, permit, subject(contract.id), Some(&before), Some(&after)).await?;
    let event = Event::Moved { from: from.clone(), to: to.clone() };
    tell(context, &mut transaction, permit.actor(), contract.customer, contract.id, &event).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn change_router(
    context: &Context,
    transaction: &mut store::Transaction,
    contract: &Contract,
    router: RouterId,
) -> Result<()> {
    let Some(service) = store::service_settings::of_contract(transaction, contract.id).await? else { return Ok(()) };
    let left = service.settings.router;
    if left == router {
        return Ok(());
    }
    let unknown = || Failure::field("router", Problem::UnknownChoice);
    let settings = ServiceSettings { router, ..service.settings };
    if !store::service_settings::clashes(transaction, contract.id, &settings).await?.is_empty() {
        // Only its fixed address can be somebody else's behind another router.
        return Err(unknown().into());
    }
    store::service_settings::save(transaction, contract.id, &settings, None)
        .await
        .map_err(|error| crate::refused::unknown_choice(error, &[("services_router_id_fkey", "router")]))?;
    if matches!(contract.state, ContractState::Active { .. }) {
        jobs::enqueue_provision(context, transaction, service.id).await?;
        jobs::enqueue_removal(context, transaction, service.id, left).await?;
    }
    Ok(())
}

/// As the audit shows it.
#[derive(Serialize)]
struct Audited<'a> {
    address: &'a str,
}
