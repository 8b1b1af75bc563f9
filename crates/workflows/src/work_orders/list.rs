//! Orders to look at, and the board of a day.

use chrono::NaiveDate;
use domain::ids::{SectorId, UserId, WorkOrderId};
use domain::views::list::Page;
use domain::views::work::{Board, Route, WorkDesk, WorkFilter, WorkGroup, WorkRow};

use super::technicians;
use crate::permit::{Permit, SeeWork};
use crate::{Context, Result};

/// What has no day first, then the newest days.
pub async fn list(context: &Context, _: &Permit<SeeWork>, filter: &WorkFilter) -> Result<Page<WorkRow>> {
    let mut connection = context.connection().await?;
    Ok(store::work_orders::list(&mut connection, filter, context.clock.today()).await?)
}

/// One order, with what its forms choose from.
///
/// # Errors
/// `NotFound`.
pub async fn show(context: &Context, _: &Permit<SeeWork>, order: WorkOrderId) -> Result<WorkDesk> {
    let mut connection = context.connection().await?;
    Ok(WorkDesk {
        order: store::work_orders::detail(&mut connection, order).await?,
        technicians: technicians(&mut connection).await?,
        today: context.clock.today(),
    })
}

/// A day, today when none is named: each technician's route, and what waits for a day.
pub async fn board(
    context: &Context,
    _: &Permit<SeeWork>,
    on: Option<NaiveDate>,
    technician: Option<UserId>,
    sector: Option<SectorId>,
) -> Result<Board> {
    let (mut connection, today) = (context.connection().await?, context.clock.today());
    let on = on.unwrap_or(today);
    let of_day = WorkFilter { on: Some(on), technician, sector, ..WorkFilter::default() };
    let waiting = WorkFilter { group: Some(WorkGroup::ToSchedule), sector, ..WorkFilter::default() };
    let waiting = store::work_orders::list(&mut connection, &waiting, today).await?;
    Ok(Board {
        on,
        today,
        routes: routes(store::work_orders::of_day(&mut connection, &of_day, today).await?),
        to_schedule: waiting.rows,
        to_schedule_total: waiting.total,
        technicians: technicians(&mut connection).await?,
        sectors: store::sectors::choices(&mut connection).await?,
    })
}

/// The rows come by technician.
fn routes(rows: Vec<WorkRow>) -> Vec<Route> {
    let mut routes: Vec<Route> = Vec::new();
    for row in rows {
        let Some(technician) = row.technician.clone() else { continue };
        match routes.last_mut().filter(|route| route.technician.id == technician.id) {
            Some(route) => route.stops.push(row),
            None => routes.push(Route { technician, stops: vec![row] }),
        }
    }
    routes
}
