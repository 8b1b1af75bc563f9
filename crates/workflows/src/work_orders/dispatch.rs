//! A morning's work given out: several orders that wait, to one technician, in one go.

use domain::failure::Failure;
use domain::ids::{BulkRunId, WorkOrderId};
use domain::views::bulk::{BulkAction, BulkResult, BulkRun};
use domain::views::work_dispatch::{AssignForm, Assignment};
use domain::views::work_forms::Schedule;
use domain::work_order::{WorkAction, WorkError};
use store::work_orders::Order;

use super::schedule::{give, may_be_sent, write};
use crate::permit::{EditWork, Permit};
use crate::{Context, Result};

/// Gives each order that still waits to one technician for one day, at the end of the route. What was given to somebody,
/// done or cancelled since it was ticked stays as it is, and is told: the answer is what became of each, when not all
/// were given.
///
/// # Errors
/// `Fields`; `NotFound`.
pub async fn assign_many(context: &Context, permit: &Permit<EditWork>, form: &AssignForm) -> Result<Option<BulkRunId>> {
    let wish = form.check(context.clock.today())?;
    let mut transaction = context.begin().await?;
    let contracts = store::work_orders::contracts_of(&mut transaction, &wish.orders).await?;
    store::payments::lock_customers_of(&mut transaction, &contracts).await?;
    may_be_sent(&mut transaction, wish.technician).await?;
    let mut results = Vec::new();
    for order in &wish.orders {
        results.push(assign_one(context, permit, &mut transaction, *order, &wish).await?);
    }
    let run = if results.iter().all(|result| result.failure.is_none()) {
        None
    } else {
        let run = BulkRun { action: BulkAction::Assign, why: String::new(), at: context.clock.now(), results };
        Some(store::bulk::add(&mut transaction, permit.actor().user_id(), &run).await?)
    };
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(run)
}

async fn assign_one(
    context: &Context,
    permit: &Permit<EditWork>,
    transaction: &mut store::Transaction,
    order: WorkOrderId,
    wish: &Assignment,
) -> Result<BulkResult> {
    let before = store::work_orders::lock(transaction, order).await?;
    let customer = store::work_orders::row(transaction, order).await?.customer.name;
    let mut result =
        BulkResult { id: order.0, name: format!("{} · {customer}", order.code()), failure: None, skipped: None };
    if !before.state.waits(before.on, context.clock.today()) {
        let (state, action) = (before.state, WorkAction::Schedule);
        result.failure = Some(Failure::from(WorkError::NotAllowed { state, action }));
        return Ok(result);
    }
    let part = wish.part.unwrap_or(before.part);
    let schedule = Schedule { technician: wish.technician, on: wish.on, part };
    let state = before.state.after(WorkAction::Schedule).map_err(Failure::from)?;
    let mut after = Order { state, ..before.clone() };
    give(transaction, &mut after, &schedule).await?;
    write(context, permit, transaction, &before, &after).await?;
    Ok(result)
}
