//! Overdue holds follow the debt: what the policy wants on a date is placed, what it no longer wants is lifted. Holds for
//! any other reason are not looked at: paying the bill lifts no abuse hold.

use chrono::NaiveDate;
use domain::collections::OverdueEvidence;
use domain::ids::{ContractId, CustomerId};
use domain::service::{HoldEvidence, HoldReason};
use domain::timeline::{Event, LiftReason};
use store::holds::{Lift, NewHold, OpenHold};

use crate::permit::Actor;
use crate::{Context, Result, contracts, record};

/// Brings the overdue holds of a contract in step with what it owes on `today`; answers whether anything changed.
/// The caller has locked the customer.
pub(crate) async fn reconcile_overdue_holds(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: ContractId,
    today: NaiveDate,
) -> Result<bool> {
    let customer = store::contracts::lock(transaction, contract).await?.customer;
    let facts = store::collections::facts(transaction, &[contract]).await?;
    let wanted: Vec<_> =
        facts.iter().flat_map(|facts| facts.policy.holds_due(today, &facts.open_invoices, &facts.held)).collect();
    let open = store::holds::open(transaction, contract).await?;
    let overdue = || open.iter().filter(|hold| hold.reason == HoldReason::Overdue);
    let hold = Holding { context, actor, customer, contract, today };
    let mut changed = false;
    for evidence in wanted.iter().filter(|wanted| overdue().all(|hold| hold.effect != wanted.effect)) {
        hold.place(transaction, evidence).await?;
        changed = true;
    }
    for outdated in overdue().filter(|hold| wanted.iter().all(|wanted| wanted.effect != hold.effect)) {
        hold.lift(transaction, outdated).await?;
        changed = true;
    }
    if changed {
        contracts::service_state::rederive(context, transaction, actor, contract).await?;
    }
    Ok(changed)
}

/// The contract that is being looked at, and on whose behalf.
struct Holding<'a> {
    context: &'a Context,
    actor: &'a Actor,
    customer: CustomerId,
    contract: ContractId,
    today: NaiveDate,
}

impl Holding<'_> {
    async fn place(&self, transaction: &mut store::Transaction, overdue: &OverdueEvidence) -> Result<()> {
        let evidence = HoldEvidence::Overdue(overdue.clone());
        let hold = NewHold {
            contract: self.contract,
            reason: HoldReason::Overdue,
            effect: overdue.effect,
            evidence: &evidence,
            on: self.today,
            at: self.context.clock.now(),
            by: self.actor.user_id(),
        };
        store::holds::place(transaction, &hold).await?;
        let event = Event::HoldPlaced { reason: HoldReason::Overdue, effect: overdue.effect, evidence };
        record::tell(self.context, transaction, self.actor, self.customer, self.contract, &event).await
    }

    async fn lift(&self, transaction: &mut store::Transaction, hold: &OpenHold) -> Result<()> {
        let because = LiftReason::Paid;
        let lift = Lift { on: self.today, at: self.context.clock.now(), by: self.actor.user_id(), because: &because };
        store::holds::lift(transaction, hold.id, &lift).await?;
        let event = Event::HoldLifted { reason: HoldReason::Overdue, effect: hold.effect, because: because.clone() };
        record::tell(self.context, transaction, self.actor, self.customer, self.contract, &event).await
    }
}
