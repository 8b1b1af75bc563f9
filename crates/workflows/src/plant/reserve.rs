//! A port is kept for somebody until a moment, and let go of.

use chrono::{DateTime, Duration, Utc};
use domain::contract::ContractState;
use domain::failure::{Blocker, Failure, Problem};
use domain::ids::{ContractId, NapId, SplitterPortId};
use domain::plant::PortNow;
use domain::views::plant::PortHolder;
use domain::views::plant_forms::ReserveForm;
use store::plant::{Place, Reservation};

use super::{Holding, nap_subject, tell_port};
use crate::permit::{Permit, ReservePorts};
use crate::record::audit;
use crate::{Context, Error, Result, contracts};

/// Keeps the named port, or the first that is free, for a contract or a customer. The box is locked: of many who ask for
/// its last port at once, one gets it.
///
/// # Errors
/// `Fields`: nobody is called so. `Blocked` by `NoPortFree`, by `PortTaken`, or by `HasPort` when they have one.
pub async fn reserve(
    context: &Context,
    permit: &Permit<ReservePorts>,
    nap: NapId,
    form: &ReserveForm,
) -> Result<Place> {
    let (typed, port) = form.check()?;
    let now = context.clock.now();
    let mut transaction = context.begin().await?;
    let named = store::plant::who(&mut transaction, &typed).await?;
    let who = named.ok_or_else(unknown)?.who;
    let (customer, contract) = (who.customer.id, who.contract.map(|contract| contract.id));
    must_not_be_over(&mut transaction, contract).await?;
    store::plant::lock_nap(&mut transaction, nap).await?;
    must_have_none(&mut transaction, contract, now).await?;
    let port = free_port(&mut transaction, nap, port, now).await?;
    store::plant::forget_expired_of(&mut transaction, port, customer, contract, now).await?;
    let days = store::plant::settings(&mut transaction).await?.reservation_days;
    let expires_at = now + Duration::days(days.into());
    let reservation = Reservation { port, customer, contract, expires_at };
    let by = permit.actor().user_id();
    store::plant::reserve(&mut transaction, &reservation, now, by).await.map_err(refused)?;
    let place = store::plant::place(&mut transaction, port).await?;
    let after = Holding::new(&place, PortNow::Reserved, customer, contract);
    audit(context, &mut transaction, permit, nap_subject(nap), None::<&()>, Some(&after)).await?;
    tell_port(context, &mut transaction, permit.actor(), &after).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(place)
}

fn unknown() -> Failure {
    Failure::field("who", Problem::UnknownChoice)
}

/// Locked before the box, as those who activate or close it do.
async fn must_not_be_over(transaction: &mut store::Transaction, contract: Option<ContractId>) -> Result<()> {
    let Some(contract) = contract else { return Ok(()) };
    match contracts::lock(transaction, contract).await?.state {
        ContractState::Closed { .. } => Err(unknown().into()),
        _ => Ok(()),
    }
}

async fn must_have_none(
    transaction: &mut store::Transaction,
    contract: Option<ContractId>,
    now: DateTime<Utc>,
) -> Result<()> {
    let Some(contract) = contract else { return Ok(()) };
    match store::plant::of_contract(transaction, contract, now).await? {
        None => Ok(()),
        Some(_) => Err(blocked(Blocker::HasPort)),
    }
}

async fn free_port(
    transaction: &mut store::Transaction,
    nap: NapId,
    named: Option<SplitterPortId>,
    now: DateTime<Utc>,
) -> Result<SplitterPortId> {
    let Some(port) = named else {
        let free = store::plant::first_free(transaction, nap, now).await?;
        return free.ok_or_else(|| blocked(Blocker::NoPortFree));
    };
    if store::plant::place(transaction, port).await?.nap.id != nap {
        return Err(Failure::NotFound.into());
    }
    match store::plant::holder(transaction, port, now).await? {
        PortHolder::Nobody => Ok(port),
        _ => Err(blocked(Blocker::PortTaken)),
    }
}

fn blocked(what: Blocker) -> Error {
    Failure::Blocked { what }.into()
}

fn refused(error: store::Error) -> Error {
    match &error {
        store::Error::Taken { constraint } if constraint == "port_reservations_pkey" => blocked(Blocker::PortTaken),
        store::Error::Taken { .. } => blocked(Blocker::HasPort),
        _ => error.into(),
    }
}

/// Lets go of what is kept at a port.
///
/// # Errors
/// `NotFound` when nothing is.
pub async fn release(context: &Context, permit: &Permit<ReservePorts>, port: SplitterPortId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let place = super::lock_port(&mut transaction, port).await?;
    let forgotten = store::plant::forget(&mut transaction, port, None).await?.ok_or(Failure::NotFound)?;
    let before = Holding::new(&place, PortNow::Reserved, forgotten.customer, forgotten.contract);
    let after = Holding::new(&place, PortNow::Released, forgotten.customer, forgotten.contract);
    audit(context, &mut transaction, permit, nap_subject(place.nap.id), Some(&before), Some(&after)).await?;
    tell_port(context, &mut transaction, permit.actor(), &after).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
