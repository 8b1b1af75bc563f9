//! Orders follow the removal list, whoever puts a contract on it or takes it off, and leases that end early.

use domain::service::ServiceState;
use domain::timeline::Event;
use domain::views::collection_orders::CollectionOutcome;
use domain::work_order::WorkKind;
use store::collection_orders::{self, Closing};
use store::contracts::Contract;

use crate::permit::Actor;
use crate::record::tell;
use crate::{Context, Result, work_orders};

/// Opens an order when a contract comes onto the removal list, and closes it when the customer is to be served again. A
/// contract that is closed from the list still has the equipment: its order stays.
pub(crate) async fn follow(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: &Contract,
    from: ServiceState,
    to: ServiceState,
) -> Result<()> {
    match (from, to) {
        (_, ServiceState::RemovalList) => order(context, transaction, actor, contract, None).await,
        (_, ServiceState::None) => Ok(()),
        _ => no_longer_needed(context, transaction, actor, contract).await,
    }
}

/// A contract that ended leaves equipment of ours at the customer's: it is to be collected.
pub(crate) async fn order_ours(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: &Contract,
) -> Result<()> {
    if store::stock::ours_at(transaction, contract.id).await?.is_empty() {
        return Ok(());
    }
    order(context, transaction, actor, contract, None).await
}

/// Opens an order, unless one is open. Without `equipment` it is what the service is set up with.
pub(crate) async fn order(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: &Contract,
    equipment: Option<&str>,
) -> Result<()> {
    let (today, now) = (context.clock.today(), context.clock.now());
    match collection_orders::open(transaction, contract.id, equipment, today, now).await? {
        Some(equipment) => {
            work_orders::order(context, transaction, contract.id, WorkKind::Removal).await?;
            let event = Event::CollectionOrdered { equipment };
            tell(context, transaction, actor, contract.customer, contract.id, &event).await
        }
        None => Ok(()),
    }
}

async fn no_longer_needed(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: &Contract,
) -> Result<()> {
    let outcome = CollectionOutcome::NotNeeded;
    let closing = Closing { outcome, note: "", place: None, at: context.clock.now(), by: None };
    match collection_orders::close(transaction, contract.id, &closing).await? {
        Some(equipment) => {
            work_orders::no_longer_needed(context, transaction, contract.id, &[WorkKind::Removal]).await?;
            let event = Event::CollectionClosed { equipment, outcome };
            tell(context, transaction, actor, contract.customer, contract.id, &event).await
        }
        None => Ok(()),
    }
}
