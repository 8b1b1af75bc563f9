//! Whose equipment is follows the lease that names its serial.

use domain::ids::ContractId;
use domain::leasing::LeaseState;
use domain::stock::{Serial, Step};
use store::contracts::Contract;

use super::place::Moving;
use crate::permit::Actor;
use crate::{Context, Result};

/// Whether a lease of the contract that runs names the serial.
pub(super) async fn is_leased(
    context: &Context,
    transaction: &mut store::Transaction,
    contract: ContractId,
    serial: &str,
) -> Result<bool> {
    let running = store::leases::running(transaction, contract, context.clock.today()).await?;
    Ok(running.iter().any(|lease| spelled(lease.serial.as_deref()).is_some_and(|named| named.as_str() == serial)))
}

/// A lease begins: what serves already by its serial is leased from now on. What is installed later follows by itself.
pub(crate) async fn lease_begins(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: &Contract,
    serial: Option<&str>,
) -> Result<()> {
    follow(context, transaction, actor, contract, serial, Step::Lease).await
}

/// A lease ended: the equipment is the customer's, or ours again and to be collected.
pub(crate) async fn follow_lease(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: &Contract,
    serial: Option<&str>,
    now: LeaseState,
) -> Result<()> {
    let step = match now {
        LeaseState::Running => return Ok(()),
        LeaseState::Passed { .. } | LeaseState::BoughtOut { .. } => Step::Pass,
        LeaseState::Returned { .. } => Step::EndLease,
    };
    follow(context, transaction, actor, contract, serial, step).await
}

async fn follow(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: &Contract,
    serial: Option<&str>,
    step: Step,
) -> Result<()> {
    let Some(serial) = spelled(serial) else { return Ok(()) };
    let Some(item) = store::stock::by_serial_at(transaction, contract.id, &serial).await? else { return Ok(()) };
    let item = store::stock::lock(transaction, item).await?;
    if !item.custody.allows(step) {
        return Ok(());
    }
    Moving { context, actor, reason: "" }.step(transaction, &item, step).await.map(drop)
}

/// As the stock spells it; what is no serial names nothing.
fn spelled(serial: Option<&str>) -> Option<Serial> {
    serial?.parse().ok()
}
