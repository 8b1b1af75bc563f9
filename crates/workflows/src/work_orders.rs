//! Work orders: made by what happens to contracts and tickets or by hand, scheduled by the office, done in the field.

mod create;
mod dispatch;
mod field;
mod finish;
mod follow;
mod list;
mod report;
mod route;
mod schedule;
mod settings;

pub use create::{create, offer};
pub use dispatch::assign_many;
pub use field::{my_day, start, work_on};
pub(crate) use follow::{go_elsewhere, no_longer_needed, order, ticket_resolved};
pub use list::{board, list, show};
pub use report::report;
pub use route::{arrange, shift, suggest};
pub use schedule::{cancel, schedule, unschedule};
pub use settings::{checklists, save_checklist};

use chrono::NaiveDate;
use domain::ids::{UserId, WorkOrderId};
use domain::views::list::Choice;
use domain::work_order::{DayPart, WorkState};
use serde::Serialize;
use store::work_orders::Order;

use crate::permit::{DoWork, Verb};
use crate::record::Subject;
use crate::{Context, Result};

fn subject(order: WorkOrderId) -> Subject {
    Subject { kind: "work_order", id: order.0 }
}

/// Locks an order and, before it, its customer: see `store::payments::lock_customers`; and its ticket, since whoever resolves
/// that has it when the order is dropped.
async fn lock(transaction: &mut store::Transaction, order: WorkOrderId) -> Result<Order> {
    let (contract, ticket) = store::work_orders::about(transaction, order).await?;
    store::payments::lock_customers_of(transaction, &[contract]).await?;
    if let Some(ticket) = ticket {
        store::tickets::lock(transaction, ticket).await?;
    }
    Ok(store::work_orders::lock(transaction, order).await?)
}

async fn save(
    context: &Context,
    transaction: &mut store::Transaction,
    order: &Order,
    by: Option<UserId>,
) -> Result<()> {
    Ok(store::work_orders::save(transaction, order, context.clock.now(), by).await?)
}

/// Whoever may do the work can be sent.
async fn technicians(connection: &mut store::Connection) -> Result<Vec<Choice<UserId>>> {
    Ok(store::work_orders::technicians(connection, DoWork::ROLES).await?)
}

/// As the audit shows it.
#[derive(Serialize)]
struct Audited<'a> {
    state: WorkState,
    technician: Option<UserId>,
    on: Option<NaiveDate>,
    part: DayPart,
    reason: &'a str,
}

impl<'a> Audited<'a> {
    fn of(order: &'a Order) -> Self {
        Self { state: order.state, technician: order.technician, on: order.on, part: order.part, reason: &order.reason }
    }
}
