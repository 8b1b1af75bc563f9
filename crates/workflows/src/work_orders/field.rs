//! What a technician has on the phone.

use chrono::NaiveDate;
use domain::failure::Failure;
use domain::ids::WorkOrderId;
use domain::views::work::{FieldDay, FieldOrder, WorkFilter, WorkGroup};
use domain::work_order::WorkAction;

use super::{Audited, lock, save, subject};
use crate::permit::{DoWork, Permit};
use crate::record::{audit, fresh_key};
use crate::{Context, Result};

/// One's own day, today when none is named, in the order of the route; today with what was left over.
pub async fn my_day(context: &Context, permit: &Permit<DoWork>, on: Option<NaiveDate>) -> Result<FieldDay> {
    let (mut connection, today) = (context.connection().await?, context.clock.today());
    let on = on.unwrap_or(today);
    // The system's own actors are sent nowhere.
    let Some(me) = permit.actor().user_id() else {
        return Ok(FieldDay { on, today, stops: Vec::new(), late: Vec::new(), next_day: 0 });
    };
    let mine = WorkFilter { technician: Some(me), ..WorkFilter::default() };
    let of_day = WorkFilter { on: Some(on), ..mine.clone() };
    let late = WorkFilter { group: Some(WorkGroup::Late), ..mine };
    Ok(FieldDay {
        on,
        today,
        stops: store::work_orders::of_day(&mut connection, &of_day, today).await?,
        late: if on == today { store::work_orders::of_day(&mut connection, &late, today).await? } else { Vec::new() },
        next_day: store::work_orders::count_of_day(&mut connection, me, on.succ_opt().unwrap_or(on)).await?,
    })
}

/// An order as it is worked on.
///
/// # Errors
/// `NotFound`.
pub async fn work_on(context: &Context, permit: &Permit<DoWork>, order: WorkOrderId) -> Result<FieldOrder> {
    let mut connection = context.connection().await?;
    let order = store::work_orders::detail(&mut connection, order).await?;
    let van = match permit.actor().user_id() {
        Some(me) => store::stock::van_of(&mut connection, me).await?,
        None => None,
    };
    Ok(FieldOrder {
        places: store::stock::place_choices(&mut connection).await?,
        van: van.map(|van| van.id),
        checklist: store::work_orders::items(&mut connection, Some(order.row.kind)).await?,
        idempotency_key: fresh_key(),
        order,
    })
}

/// The technician is on the way. The order stays what it is, so what the phone holds of it stays good.
///
/// # Errors
/// `Work` for what its state does not allow; `NotFound`.
pub async fn start(context: &Context, permit: &Permit<DoWork>, order: WorkOrderId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = lock(&mut transaction, order).await?;
    let mut after = before.clone();
    after.state = before.state.after(WorkAction::Start).map_err(Failure::from)?;
    save(context, &mut transaction, &after, permit.actor().user_id()).await?;
    let (before, now) = (Audited::of(&before), Audited::of(&after));
    audit(context, &mut transaction, permit, subject(order), Some(&before), Some(&now)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
