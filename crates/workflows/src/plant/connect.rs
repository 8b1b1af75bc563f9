//! A service is connected to a port: by hand, or by activating a contract that a port was kept for; and lets go of it.

use domain::failure::{Blocker, Failure, Problem};
use domain::ids::{ContractId, CustomerId, ServiceId, SplitterPortId};
use domain::plant::PortNow;
use domain::views::plant::PortHolder;
use domain::views::plant_forms::ConnectForm;
use store::contracts::Contract;
use store::plant::Place;

use super::{Holding, lock_port, nap_subject, tell_port};
use crate::permit::{Actor, EditPlant, Permit};
use crate::record::audit;
use crate::{Context, Error, Result, contracts};

/// Connects a contract's service to a port that nobody has, or that is kept for it.
///
/// # Errors
/// `Fields`: no contract is called so. `Blocked` by `NoService`, by `PortTaken`, or by `HasPort`.
pub async fn connect(context: &Context, permit: &Permit<EditPlant>, form: &ConnectForm) -> Result<Place> {
    let (typed, port) = form.check()?;
    let mut transaction = context.begin().await?;
    let named = store::plant::who(&mut transaction, &typed).await?.map(|named| named.who);
    let unknown = || Failure::field("who", Problem::UnknownChoice);
    let who = named.ok_or_else(unknown)?;
    let contract = who.contract.ok_or_else(unknown)?.id;
    // Before the box, as those who activate or close it do: what is closed meanwhile has no service.
    contracts::lock(&mut transaction, contract).await?;
    let service = service_of(&mut transaction, contract).await?;
    let place = lock_port(&mut transaction, port).await?;
    must_be_theirs(context, &mut transaction, port, contract, who.customer.id).await?;
    store::plant::connect(&mut transaction, port, service).await.map_err(refused)?;
    let after = Holding::new(&place, PortNow::Connected, who.customer.id, Some(contract));
    audit(context, &mut transaction, permit, nap_subject(place.nap.id), None::<&()>, Some(&after)).await?;
    tell_port(context, &mut transaction, permit.actor(), &after).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(place)
}

async fn service_of(transaction: &mut store::Transaction, contract: ContractId) -> Result<ServiceId> {
    let service = store::service_settings::of_contract(transaction, contract).await?;
    let service = service.filter(|service| service.released_at.is_none());
    Ok(service.ok_or(Failure::Blocked { what: Blocker::NoService })?.id)
}

async fn must_be_theirs(
    context: &Context,
    transaction: &mut store::Transaction,
    port: SplitterPortId,
    contract: ContractId,
    customer: CustomerId,
) -> Result<()> {
    let theirs = match store::plant::holder(transaction, port, context.clock.now()).await? {
        PortHolder::Nobody => true,
        PortHolder::Reserved { contract: Some(kept), .. } => kept.id == contract,
        PortHolder::Reserved { contract: None, customer: kept, .. } => kept.id == customer,
        PortHolder::Service { .. } => false,
    };
    if theirs { Ok(()) } else { Err(Failure::Blocked { what: Blocker::PortTaken }.into()) }
}

fn refused(error: store::Error) -> Error {
    let what = match &error {
        store::Error::Taken { .. } => Blocker::HasPort,
        store::Error::NotFound | store::Error::Refused { .. } => Blocker::PortTaken,
        _ => return error.into(),
    };
    Failure::Blocked { what }.into()
}

/// Lets go of the port that a contract's service is connected to.
///
/// # Errors
/// `NotFound` when it has none.
pub async fn disconnect(context: &Context, permit: &Permit<EditPlant>, contract: ContractId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let customer = store::contracts::customer_of(&mut transaction, contract).await?;
    let place = store::plant::disconnect(&mut transaction, contract).await?.ok_or(Failure::NotFound)?;
    let before = Holding::new(&place, PortNow::Connected, customer, Some(contract));
    let after = Holding::new(&place, PortNow::Released, customer, Some(contract));
    audit(context, &mut transaction, permit, nap_subject(place.nap.id), Some(&before), Some(&after)).await?;
    tell_port(context, &mut transaction, permit.actor(), &after).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// The port that was kept for a contract that is activated becomes its connection. What is over is nobody's.
pub(crate) async fn take_reserved(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: &Contract,
) -> Result<()> {
    let now = context.clock.now();
    let kept = store::plant::reservation_for(transaction, contract.id, contract.customer, now).await?;
    let Some(kept) = kept else { return Ok(()) };
    let is_connected = match store::plant::of_contract(transaction, contract.id, now).await? {
        Some(port) => port.reserved_until.is_none(),
        None => false,
    };
    if is_connected {
        return Ok(());
    }
    let service = service_of(transaction, contract.id).await?;
    let place = lock_port(transaction, kept.port).await?;
    // Whoever let go of it, and kept it for somebody else, was waited for.
    if store::plant::reservation_for(transaction, contract.id, contract.customer, now).await? != Some(kept) {
        return Ok(());
    }
    store::plant::connect(transaction, kept.port, service).await.map_err(refused)?;
    let after = Holding::new(&place, PortNow::Connected, contract.customer, Some(contract.id));
    tell_port(context, transaction, actor, &after).await
}

/// A contract that is over, or goes elsewhere, needs its port no more.
pub(crate) async fn let_go(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: &Contract,
) -> Result<()> {
    forget_kept(context, transaction, actor, contract).await?;
    let Some(place) = store::plant::disconnect(transaction, contract.id).await? else { return Ok(()) };
    let after = Holding::new(&place, PortNow::Released, contract.customer, Some(contract.id));
    tell_port(context, transaction, actor, &after).await
}

/// Nor one that was kept for it.
pub(crate) async fn forget_kept(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: &Contract,
) -> Result<()> {
    let now = context.clock.now();
    let kept = store::plant::reservation_for(transaction, contract.id, contract.customer, now).await?;
    let Some(kept) = kept.filter(|kept| kept.contract.is_some()) else { return Ok(()) };
    let place = store::plant::place(transaction, kept.port).await?;
    store::plant::forget(transaction, kept.port, None).await?;
    let after = Holding::new(&place, PortNow::Released, contract.customer, Some(contract.id));
    tell_port(context, transaction, actor, &after).await
}
