//! Who goes, on which day; or that nobody does.

use domain::failure::{Blocker, Failure, Problem, required};
use domain::ids::{UserId, WorkOrderId};
use domain::views::work_forms::{Schedule, ScheduleForm};
use domain::work_order::WorkAction;
use store::work_orders::Order;

use super::{Audited, lock, subject, technicians};
use crate::permit::{EditWork, Permit};
use crate::record::audit;
use crate::{Context, Error, Result};

/// A technician and a day, at the end of the day's route; also for what failed, and for what was cancelled by mistake.
///
/// # Errors
/// `Fields`; `Work` for what its state does not allow; `Blocked` by `WorkUnderWay` when another one like it was made
/// since it was cancelled; `NotFound`.
pub async fn schedule(
    context: &Context,
    permit: &Permit<EditWork>,
    order: WorkOrderId,
    form: &ScheduleForm,
) -> Result<()> {
    let wish = form.check(context.clock.today())?;
    let mut transaction = context.begin().await?;
    let before = lock(&mut transaction, order).await?;
    let mut after = before.clone();
    assign(&mut transaction, &mut after, &wish).await?;
    finish(context, permit, transaction, &before, &after).await
}

/// Gives a locked order its technician and its day; the caller saves it.
pub(super) async fn assign(transaction: &mut store::Transaction, order: &mut Order, wish: &Schedule) -> Result<()> {
    order.state = order.state.after(WorkAction::Schedule).map_err(Failure::from)?;
    may_be_sent(transaction, wish.technician).await?;
    give(transaction, order, wish).await
}

pub(super) async fn may_be_sent(transaction: &mut store::Transaction, technician: UserId) -> Result<()> {
    let known = technicians(transaction).await?.iter().any(|known| known.id == technician);
    if known { Ok(()) } else { Err(Failure::field("technician", Problem::UnknownChoice).into()) }
}

/// At the end of the day's route.
pub(super) async fn give(transaction: &mut store::Transaction, order: &mut Order, wish: &Schedule) -> Result<()> {
    if (order.technician, order.on) != (Some(wish.technician), Some(wish.on)) {
        order.place = store::work_orders::last_place(transaction, wish.technician, wish.on).await? + 1;
    }
    (order.technician, order.on, order.part) = (Some(wish.technician), Some(wish.on), wish.part);
    order.reason.clear();
    order.version += 1;
    Ok(())
}

/// The order waits for a day again.
///
/// # Errors
/// `Work` for what its state does not allow; `NotFound`.
pub async fn unschedule(context: &Context, permit: &Permit<EditWork>, order: WorkOrderId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = lock(&mut transaction, order).await?;
    let state = before.state.after(WorkAction::Unschedule).map_err(Failure::from)?;
    let version = before.version + 1;
    let after = Order { state, technician: None, on: None, place: 0, version, ..before.clone() };
    finish(context, permit, transaction, &before, &after).await
}

/// Nobody goes; a technician who was there without a network is told so, and why.
///
/// # Errors
/// `Fields` without a reason; `Work` for what its state does not allow; `NotFound`.
pub async fn cancel(context: &Context, permit: &Permit<EditWork>, order: WorkOrderId, why: &str) -> Result<()> {
    let reason = required(why, 500).map_err(|problem| Failure::field("why", problem))?;
    let mut transaction = context.begin().await?;
    let before = lock(&mut transaction, order).await?;
    let state = before.state.after(WorkAction::Cancel).map_err(Failure::from)?;
    let after = Order { state, reason, version: before.version + 1, ..before.clone() };
    finish(context, permit, transaction, &before, &after).await
}

async fn finish(
    context: &Context,
    permit: &Permit<EditWork>,
    mut transaction: store::Transaction,
    before: &Order,
    after: &Order,
) -> Result<()> {
    write(context, permit, &mut transaction, before, after).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

pub(super) async fn write(
    context: &Context,
    permit: &Permit<EditWork>,
    transaction: &mut store::Transaction,
    before: &Order,
    after: &Order,
) -> Result<()> {
    let by = permit.actor().user_id();
    let saved = store::work_orders::save(transaction, after, context.clock.now(), by).await;
    saved.map_err(another_is_open)?;
    let (before, now) = (Audited::of(before), Audited::of(after));
    audit(context, transaction, permit, subject(after.id), Some(&before), Some(&now)).await
}

/// What was cancelled cannot be taken up again beside another one like it.
fn another_is_open(error: store::Error) -> Error {
    match error {
        store::Error::Taken { .. } => Failure::Blocked { what: Blocker::WorkUnderWay }.into(),
        error => error.into(),
    }
}
