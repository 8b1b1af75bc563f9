//! An approved change takes effect.

use chrono::NaiveDate;
use domain::contract_line::{LineDates, LineFacts};
use domain::credit::CreditBecause;
use domain::failure::{Blocker, Failure};
use domain::ids::ContractLineId;
use domain::plan_change::{Change, ChangeEvent, end, follow, succeed};
use domain::timeline::Event;
use store::changes::StoredChange;
use store::contract_lines::Line;
use store::contracts::Contract;

use super::{pause, wish};
use crate::permit::Actor;
use crate::record::tell;
use crate::{Context, Result, billing, invoices, jobs};

/// A contract, locked with its customer, that changes on a business day on somebody's behalf.
pub(crate) struct Changing<'a> {
    pub context: &'a Context,
    pub actor: &'a Actor,
    pub contract: &'a Contract,
    pub today: NaiveDate,
    pub because: CreditBecause,
}

/// Applies a change that was approved, and bills what is due by it. The contract is locked.
///
/// # Errors
/// `Blocked` by `ChangeDecided` for a change that is not approved, or whose line is over.
pub(super) async fn apply(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: &Contract,
    change: &StoredChange,
    today: NaiveDate,
) -> Result<()> {
    let changing = Changing { context, actor, contract, today, because: because(&change.change) };
    let lines = store::contract_lines::lock_of_contract(transaction, contract.id).await?;
    let on = match &change.change {
        Change::Plan { line, .. } | Change::Quantity { line, .. } => {
            let line = wish::current(&lines, *line, today)?;
            let next = wish::facts(transaction, line, &change.change).await?;
            changing.replace(transaction, line, next, today).await?.1
        }
        Change::Pause { from, until, fee } => {
            // Days that were served while nobody had decided yet are paid for.
            let from = today.max(*from);
            pause::begin(&changing, transaction, &lines, (from, *until), fee.as_ref()).await?;
            from
        }
    };
    let applied = ChangeEvent::Apply { on };
    let state = change.state.apply(applied).map_err(|_| Failure::Blocked { what: Blocker::ChangeDecided })?;
    store::changes::save_state(transaction, change.id, &state).await?;
    let event = Event::Change { what: change.summary.clone(), now: state };
    tell(context, transaction, actor, contract.customer, contract.id, &event).await?;
    changing.settle(transaction).await
}

fn because(change: &Change) -> CreditBecause {
    match change {
        Change::Plan { .. } => CreditBecause::PlanChanged,
        Change::Quantity { .. } => CreditBecause::QuantityChanged,
        Change::Pause { .. } => CreditBecause::Paused,
    }
}

impl Changing<'_> {
    /// Ends a line before `on` and has another one follow it. Answers the new line and its first day, which is later for a
    /// line that begins later.
    pub(crate) async fn replace(
        &self,
        transaction: &mut store::Transaction,
        line: &Line,
        next: LineFacts,
        on: NaiveDate,
    ) -> Result<(ContractLineId, NaiveDate)> {
        let succession =
            succeed(&line.facts, &line.dates, next, on).ok_or(Failure::Blocked { what: Blocker::ChangeDecided })?;
        self.save(transaction, line.id, &succession.ended.0, &succession.ended.1, succession.on).await?;
        let id = store::contract_lines::add(transaction, self.contract.id, &succession.next.0).await?;
        store::contract_lines::save_dates(transaction, id, &succession.next.1).await?;
        store::leases::follow(transaction, line.id, id, self.contract.id).await?;
        Ok((id, succession.on))
    }

    /// Ends a line before `on`. Answers false for one that is over by then.
    pub(crate) async fn end(&self, transaction: &mut store::Transaction, line: &Line, on: NaiveDate) -> Result<bool> {
        let Some(((facts, dates), on)) = end(&line.facts, &line.dates, on) else { return Ok(false) };
        self.save(transaction, line.id, &facts, &dates, on).await?;
        Ok(true)
    }

    /// Begins a line on `on`.
    pub(crate) async fn begin(
        &self,
        transaction: &mut store::Transaction,
        facts: LineFacts,
        on: NaiveDate,
        until: Option<NaiveDate>,
    ) -> Result<ContractLineId> {
        let (facts, dates) = follow(facts, on, until);
        let id = store::contract_lines::add(transaction, self.contract.id, &facts).await?;
        store::contract_lines::save_dates(transaction, id, &dates).await?;
        Ok(id)
    }

    /// The end of a line is written down, and what was billed beyond it given back.
    async fn save(
        &self,
        transaction: &mut store::Transaction,
        line: ContractLineId,
        facts: &LineFacts,
        dates: &LineDates,
        on: NaiveDate,
    ) -> Result<()> {
        let (context, actor) = (self.context, self.actor);
        invoices::credit_unused_days(context, transaction, actor, &[line], on, &self.because, self.today).await?;
        store::contract_lines::edit(transaction, line, facts).await?;
        Ok(store::contract_lines::save_dates(transaction, line, dates).await?)
    }

    /// Bills what is due by the change, uses what was given back, and has the router follow.
    pub(crate) async fn settle(&self, transaction: &mut store::Transaction) -> Result<()> {
        let (context, contract) = (self.context, self.contract);
        billing::bill_contract(context, transaction, contract.id, self.today).await?;
        invoices::settle(context, transaction, self.actor, contract.customer, self.today).await?;
        match store::service_settings::of_contract(transaction, contract.id).await? {
            Some(service) => jobs::enqueue_provision(context, transaction, service.id).await,
            None => Ok(()),
        }
    }
}
