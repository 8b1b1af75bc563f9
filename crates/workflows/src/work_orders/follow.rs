//! Orders follow what happens to contracts and tickets.

use domain::failure::Failure;
use domain::ids::{ContractId, TicketId, WorkOrderId};
use domain::work_order::{WorkAction, WorkKind};
use store::work_orders::NewOrder;

use super::save;
use crate::{Context, Result};

/// Somebody has to go to a contract's address, unless somebody has to already.
pub(crate) async fn order(
    context: &Context,
    transaction: &mut store::Transaction,
    contract: ContractId,
    kind: WorkKind,
) -> Result<()> {
    let new = NewOrder { kind, contract, ticket: None, note: "", at: context.clock.now(), by: None };
    store::work_orders::add(transaction, &new).await?;
    Ok(())
}

/// Nobody has to go for these any more.
pub(crate) async fn no_longer_needed(
    context: &Context,
    transaction: &mut store::Transaction,
    contract: ContractId,
    kinds: &[WorkKind],
) -> Result<()> {
    for order in store::work_orders::open_of_contract(transaction, contract, kinds).await? {
        drop_it(context, transaction, order).await?;
    }
    Ok(())
}

/// The orders of a contract are for another address than a phone without a network says: it finds out.
pub(crate) async fn go_elsewhere(
    context: &Context,
    transaction: &mut store::Transaction,
    contract: ContractId,
) -> Result<()> {
    for order in store::work_orders::open_of_contract(transaction, contract, WorkKind::ALL).await? {
        let mut order = store::work_orders::lock(transaction, order).await?;
        order.version += 1;
        save(context, transaction, &order, None).await?;
    }
    Ok(())
}

/// A fault that is resolved needs no visit.
pub(crate) async fn ticket_resolved(
    context: &Context,
    transaction: &mut store::Transaction,
    ticket: TicketId,
) -> Result<()> {
    match store::work_orders::open_of_ticket(transaction, ticket).await? {
        Some(order) => drop_it(context, transaction, order).await,
        None => Ok(()),
    }
}

async fn drop_it(context: &Context, transaction: &mut store::Transaction, order: WorkOrderId) -> Result<()> {
    let mut order = store::work_orders::lock(transaction, order).await?;
    order.state = order.state.after(WorkAction::Cancel).map_err(Failure::from)?;
    order.reason.clear();
    order.version += 1;
    save(context, transaction, &order, None).await
}
