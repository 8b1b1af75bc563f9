//! An order by hand, or for a ticket.

use domain::contract::ContractStateName;
use domain::failure::{Blocker, Failure, Problem};
use domain::ids::{CustomerId, WorkOrderId};
use domain::views::list::Choice;
use domain::views::work::WorkOffer;
use domain::views::work_forms::{NewWork, WorkForm};
use domain::work_order::WorkKind;
use store::work_orders::NewOrder;

use super::schedule::assign;
use super::{save, subject, technicians};
use crate::permit::{EditWork, Permit};
use crate::record::audit;
use crate::{Context, Result, contracts};

/// What the form for a customer's order chooses from.
///
/// # Errors
/// `NotFound`.
pub async fn offer(context: &Context, _: &Permit<EditWork>, customer: CustomerId) -> Result<WorkOffer> {
    let mut connection = context.connection().await?;
    let name = store::customers::get(&mut connection, customer).await?.facts.name;
    let contracts = store::contracts_list::of_customer(&mut connection, customer, context.clock.today()).await?;
    let contracts = contracts.into_iter().filter(|row| row.state != ContractStateName::Draft);
    Ok(WorkOffer {
        customer: Choice { id: customer, name },
        contracts: contracts.map(|row| Choice { id: row.id, name: format!("{} · {}", row.code, row.street) }).collect(),
        technicians: technicians(&mut connection).await?,
    })
}

/// Writes an order, for a day or to wait for one.
///
/// # Errors
/// `Fields`; `Blocked` by `WorkUnderWay` when one like it is open; `NotFound`.
pub async fn create(context: &Context, permit: &Permit<EditWork>, form: &WorkForm) -> Result<WorkOrderId> {
    let wish = form.check(context.clock.today())?;
    let mut transaction = context.begin().await?;
    let contract = contracts::lock(&mut transaction, wish.contract).await?;
    must_be_its_ticket(&mut transaction, &wish).await?;
    let new = NewOrder {
        kind: wish.kind,
        contract: contract.id,
        ticket: wish.ticket,
        note: &wish.note,
        at: context.clock.now(),
        by: permit.actor().user_id(),
    };
    let order = store::work_orders::add(&mut transaction, &new).await?;
    let order = order.ok_or(Failure::Blocked { what: Blocker::WorkUnderWay })?;
    if let Some(schedule) = &wish.schedule {
        let mut order = store::work_orders::lock(&mut transaction, order).await?;
        assign(&mut transaction, &mut order, schedule).await?;
        save(context, &mut transaction, &order, permit.actor().user_id()).await?;
    }
    audit(context, &mut transaction, permit, subject(order), None::<&()>, Some(&wish)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(order)
}

/// A fault is mended where it is, while it is open.
async fn must_be_its_ticket(transaction: &mut store::Transaction, wish: &NewWork) -> Result<()> {
    let Some(ticket) = wish.ticket else { return Ok(()) };
    let ticket = store::tickets::lock(transaction, ticket).await?;
    let fits = ticket.contract == Some(wish.contract) && ticket.state.is_open() && wish.kind == WorkKind::Repair;
    if fits { Ok(()) } else { Err(Failure::field("ticket", Problem::UnknownChoice).into()) }
}
