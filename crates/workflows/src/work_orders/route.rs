//! In which order a technician goes around.

use chrono::NaiveDate;
use domain::failure::Failure;
use domain::ids::{UserId, WorkOrderId};
use domain::route::{Stop, numbered, suggested};
use domain::views::work_dispatch::RouteForm;
use domain::work_order::{Shift, WorkState};
use store::work_orders::Placed;

use super::subject;
use crate::permit::{EditWork, Permit};
use crate::record::{Subject, audit};
use crate::{Context, Result};

/// Changes places with the stop before or after it; at the end of the route nothing happens. The whole route is locked at
/// once: of two who shift at the same moment, the later sees what the other did.
///
/// # Errors
/// `NotFound`.
pub async fn shift(context: &Context, permit: &Permit<EditWork>, order: WorkOrderId, to: Shift) -> Result<()> {
    let mut transaction = context.begin().await?;
    let row = store::work_orders::row(&mut transaction, order).await?;
    let Some((technician, on)) = row.technician.zip(row.on) else { return Ok(()) };
    let mut stops = store::work_orders::route(&mut transaction, technician.id, on).await?;
    // It may have left the route since: then there is nothing to shift.
    let here = stops.iter().position(|stop| stop.id == order);
    let there = here.and_then(|here| match to {
        Shift::Earlier => here.checked_sub(1),
        Shift::Later => Some(here + 1).filter(|there| *there < stops.len()),
    });
    if let Some((here, there)) = here.zip(there) {
        stops.swap(here, there);
        number(&mut transaction, &stops).await?;
        audit(context, &mut transaction, permit, subject(order), None::<&()>, Some(&to)).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Orders the stops that are left by nearness, from where the technician was last.
///
/// # Errors
/// `NotFound` for a day without stops.
pub async fn suggest(context: &Context, permit: &Permit<EditWork>, technician: UserId, on: NaiveDate) -> Result<()> {
    let mut transaction = context.begin().await?;
    let stops = store::work_orders::route(&mut transaction, technician, on).await?;
    if stops.is_empty() {
        return Err(Failure::NotFound.into());
    }
    let (left, mut route): (Vec<Placed>, Vec<Placed>) =
        stops.into_iter().partition(|stop| stop.state == WorkState::Assigned);
    let start = route.iter().rev().find_map(|stop| stop.position);
    let places: Vec<Stop> = left.iter().map(|stop| Stop { part: stop.part, position: stop.position }).collect();
    route.extend(suggested(start, &places).into_iter().map(|stop| left[stop].clone()));
    renumber(context, permit, transaction, technician, &route).await
}

/// Puts the stops in the order of the numbers that somebody typed. Answers the orders that have left the route since they
/// were numbered; those that came to it are at its end.
///
/// # Errors
/// `Fields`; `NotFound` for a day without stops.
pub async fn arrange(
    context: &Context,
    permit: &Permit<EditWork>,
    technician: UserId,
    on: NaiveDate,
    form: &RouteForm,
) -> Result<Vec<WorkOrderId>> {
    let mut typed = form.check()?;
    let mut transaction = context.begin().await?;
    let stops = store::work_orders::route(&mut transaction, technician, on).await?;
    if stops.is_empty() {
        return Err(Failure::NotFound.into());
    }
    let places: Vec<Option<u32>> = stops.iter().map(|stop| typed.remove(&stop.id)).collect();
    let route: Vec<Placed> = numbered(&places).into_iter().map(|stop| stops[stop].clone()).collect();
    renumber(context, permit, transaction, technician, &route).await?;
    Ok(typed.into_keys().collect())
}

async fn renumber(
    context: &Context,
    permit: &Permit<EditWork>,
    mut transaction: store::Transaction,
    technician: UserId,
    route: &[Placed],
) -> Result<()> {
    number(&mut transaction, route).await?;
    let ids: Vec<WorkOrderId> = route.iter().map(|stop| stop.id).collect();
    let subject = Subject { kind: "work_route", id: technician.0 };
    audit(context, &mut transaction, permit, subject, None::<&()>, Some(&ids)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn number(transaction: &mut store::Transaction, stops: &[Placed]) -> Result<()> {
    for (place, stop) in (1..).zip(stops) {
        if stop.place != place {
            store::work_orders::set_place(transaction, stop.id, place).await?;
        }
    }
    Ok(())
}
