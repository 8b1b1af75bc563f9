//! A lease ends: by its term, because the rest is paid, or with the contract.

use chrono::NaiveDate;
use domain::contract_line::LineFacts;
use domain::credit::CreditBecause;
use domain::failure::{Blocker, Failure};
use domain::ids::{ContractId, LeaseId};
use domain::leasing::LeaseEvent;
use domain::price::{Quantity, UnitPrice};
use domain::timeline::Event;
use domain::views::leases::LeaseRow;
use store::contract_lines::Line;
use store::contracts::Contract;

use super::subject;
use crate::changes::{self, Changing};
use crate::permit::{Actor, DecideChanges, Permit};
use crate::record::{audit_as, tell};
use crate::{Context, Error, Result, billing, collection_orders, stock};

/// The commitments that end by `date`: the equipment is the customer's, and the contract moves to the service alone from
/// the day that was agreed, also when a night comes late.
pub(crate) async fn end_of_term(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: &Contract,
    date: NaiveDate,
) -> Result<()> {
    let ending = Ending { context, actor, contract, date };
    for lease in store::leases::running(transaction, contract.id, date).await? {
        let on = lease.term.commitment_end;
        if on <= date {
            ending.end(transaction, &lease, LeaseEvent::EndTerm { on }).await?;
            ending.service_alone(transaction, &lease, on).await?;
        }
    }
    ending.changing().settle(transaction).await
}

/// The rest is charged, once; the equipment is the customer's, and the contract moves to the service alone.
///
/// # Errors
/// `Blocked` by `LeaseOver`; `Lifecycle` when the contract is not active.
pub async fn buy_out(context: &Context, permit: &Permit<DecideChanges>, lease: LeaseId) -> Result<ContractId> {
    let mut transaction = context.begin().await?;
    let contract = store::leases::contract_of(&mut transaction, lease).await?;
    let (contract, _) = changes::begin(&mut transaction, contract).await?;
    let date = context.clock.today();
    let running = store::leases::running(&mut transaction, contract.id, date).await?;
    let lease = running.iter().find(|running| running.id == lease);
    let lease = lease.ok_or(Failure::Blocked { what: Blocker::LeaseOver })?;
    let ending = Ending { context, actor: permit.actor(), contract: &contract, date };
    ending.charge_rest(&mut transaction, lease).await?;
    ending.end(&mut transaction, lease, LeaseEvent::BuyOut { on: date }).await?;
    ending.service_alone(&mut transaction, lease, date).await?;
    ending.changing().settle(&mut transaction).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(contract.id)
}

/// What runs when a contract is closed on `date`, its lines ended: the rest of the equipment is charged, or it is to be
/// collected. Should the contract be revived, then with the service alone.
pub(crate) async fn end_with_contract(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: &Contract,
    date: NaiveDate,
    keeps: bool,
) -> Result<()> {
    let ending = Ending { context, actor, contract, date };
    let running = store::leases::running(transaction, contract.id, date).await?;
    if running.is_empty() {
        return Ok(());
    }
    for lease in &running {
        if keeps {
            ending.charge_rest(transaction, lease).await?;
            ending.end(transaction, lease, LeaseEvent::BuyOut { on: date }).await?;
        } else {
            ending.end(transaction, lease, LeaseEvent::Return { on: date }).await?;
            collection_orders::order(context, transaction, actor, contract, Some(&lease.equipment)).await?;
        }
    }
    // The last days are billed as they were sold before the line becomes another one.
    billing::bill_contract(context, transaction, contract.id, context.clock.today()).await?;
    for lease in &running {
        if let Some(line) = ending.line(transaction, lease).await? {
            let alone = ending.alone(transaction, lease, line.facts).await?;
            store::contract_lines::edit(transaction, line.id, &alone).await?;
        }
    }
    Ok(())
}

struct Ending<'a> {
    context: &'a Context,
    actor: &'a Actor,
    contract: &'a Contract,
    date: NaiveDate,
}

impl Ending<'_> {
    fn changing(&self) -> Changing<'_> {
        Changing {
            context: self.context,
            actor: self.actor,
            contract: self.contract,
            today: self.date,
            because: CreditBecause::LeasingEnded,
        }
    }

    async fn end(&self, transaction: &mut store::Transaction, lease: &LeaseRow, event: LeaseEvent) -> Result<()> {
        let over = |_| Failure::Blocked { what: Blocker::LeaseOver };
        let state = lease.state.apply(event).map_err(over)?;
        store::leases::save_state(transaction, lease.id, state).await?;
        let (context, actor, id) = (self.context, self.actor, lease.id);
        stock::follow_lease(context, transaction, actor, self.contract, lease.serial.as_deref(), state).await?;
        audit_as(context, transaction, actor, "end_lease", subject(id), Some(&lease.state), Some(&state)).await?;
        let event = Event::LeaseEnded { equipment: lease.equipment.clone(), now: state };
        tell(context, transaction, actor, self.contract.customer, self.contract.id, &event).await
    }

    /// What is left of the equipment's value, as a charge of its own with the tax of the line.
    async fn charge_rest(&self, transaction: &mut store::Transaction, lease: &LeaseRow) -> Result<()> {
        let owed = lease.term.owed(self.date).map_err(Error::internal)?;
        let line = self.line(transaction, lease).await?;
        let Some(line) = line.filter(|_| owed.is_positive()) else { return Ok(()) };
        let facts = LineFacts {
            description: lease.equipment.clone(),
            quantity: Quantity::ONE,
            unit_price: UnitPrice::new(owed.amount()).map_err(Error::internal)?,
            terms: None,
            // What is bought is not discounted with the service.
            discount: None,
            ..line.facts
        };
        self.changing().begin(transaction, facts, self.date, None).await.map(drop)
    }

    async fn service_alone(&self, transaction: &mut store::Transaction, lease: &LeaseRow, on: NaiveDate) -> Result<()> {
        let line = self.line(transaction, lease).await?;
        let Some(line) = line.filter(|line| changes::is_current(line, on)) else { return Ok(()) };
        let next = self.alone(transaction, lease, line.facts.clone()).await?;
        self.changing().replace(transaction, &line, next, on).await.map(drop)
    }

    async fn alone(
        &self,
        transaction: &mut store::Transaction,
        lease: &LeaseRow,
        with_equipment: LineFacts,
    ) -> Result<LineFacts> {
        let plan = store::plans::get(transaction, lease.plan_after.id).await?;
        Ok(LineFacts {
            plan: lease.plan_after.id,
            description: plan.facts.name,
            unit_price: lease.price_after,
            ..with_equipment
        })
    }

    /// The line that charges for it.
    async fn line(&self, transaction: &mut store::Transaction, lease: &LeaseRow) -> Result<Option<Line>> {
        let lines = store::contract_lines::lock_of_contract(transaction, self.contract.id).await?;
        Ok(lines.into_iter().find(|line| line.id == lease.line))
    }
}
