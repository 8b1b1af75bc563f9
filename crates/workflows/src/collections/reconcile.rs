//! Overdue holds follow the debt: what the policy wants on a date is placed, what it no longer wants is lifted. Holds for
//! any other reason are not looked at: paying the bill lifts no abuse hold.

use chrono::NaiveDate;
use domain::collections::{Case, OpenInvoice, OverdueEvidence, Promise, PromiseOutcome};
use domain::ids::{ContractId, CustomerId};
use domain::message::Purpose;
use domain::money::Money;
use domain::service::{HoldEffect, HoldEvidence, HoldReason, ServiceState};
use domain::timeline::{Event, LiftReason};
use store::holds::{Lift, NewHold};

use super::cut_dates;
use crate::messages::{self, Notice};
use crate::permit::Actor;
use crate::{Context, Result, contracts, record};

/// Whether a debt may be cut now, or only what is no longer wanted may be lifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cuts {
    /// A night that did not stop, one that was approved, or a payment that bounced.
    Make,
    /// A payment, a promise: whoever gives something is not cut for it, and no cap is gone around.
    Leave,
}

/// Brings the overdue holds of a contract, and its promise, in step with what it owes on `today`; answers whether the holds
/// changed. The caller has locked the customer.
pub(crate) async fn reconcile_overdue_holds(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: ContractId,
    today: NaiveDate,
    cuts: Cuts,
) -> Result<bool> {
    let customer = store::contracts::lock(transaction, contract).await?.customer;
    let Some(mut case) = store::collections::cases(transaction, &[contract], today).await?.pop() else {
        return Ok(false);
    };
    let hold = Holding { context, actor, customer, contract, today };
    if let Some((promise, outcome)) = ended_promise(&case, today) {
        hold.end_promise(transaction, &promise, outcome).await?;
        case.promise = None;
    }
    let verdict = case.decide(&cut_dates(context, transaction, today).await?);
    let place = if cuts == Cuts::Make { verdict.place } else { Vec::new() };
    for evidence in &place {
        hold.place(transaction, evidence).await?;
    }
    for effect in &verdict.lift {
        let promised = verdict.due.iter().any(|due| due.effect == *effect);
        let because = match (promised, case.promise, case.provisional_until(today)) {
            (true, None, Some(until)) => LiftReason::Provisional { until },
            (true, ..) => LiftReason::Promised,
            (false, ..) => LiftReason::Paid,
        };
        hold.lift(transaction, *effect, because).await?;
    }
    let changed = !place.is_empty() || !verdict.lift.is_empty();
    if changed {
        let state = contracts::service_state::rederive(context, transaction, actor, contract).await?;
        hold.notify(transaction, place.last(), state).await?;
    }
    Ok(changed)
}

/// A promise that is kept or broken by now.
pub(super) fn ended_promise(case: &Case, today: NaiveDate) -> Option<(Promise, PromiseOutcome)> {
    let promise = case.promise?;
    let nothing = Money::zero(promise.amount.currency());
    Some((promise, promise.outcome(today, case.past_due(today).unwrap_or(nothing))?))
}

/// The invoices that a cut stands on: `F-2026-000123: 34.80 USD`.
fn because(cut: &OverdueEvidence) -> String {
    let line = |invoice: &OpenInvoice| format!("{}: {}", invoice.number, messages::moneys(&[invoice.open]));
    cut.invoices.iter().map(line).collect::<Vec<_>>().join("\n")
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
            // A rule cuts, whoever set it going.
            by: None,
        };
        store::holds::place(transaction, &hold).await?;
        let event = Event::HoldPlaced { reason: HoldReason::Overdue, effect: overdue.effect, evidence };
        self.tell(transaction, &event).await
    }

    async fn lift(&self, transaction: &mut store::Transaction, effect: HoldEffect, because: LiftReason) -> Result<()> {
        let open = store::holds::open(transaction, self.contract).await?;
        for hold in open.iter().filter(|hold| hold.reason == HoldReason::Overdue && hold.effect == effect) {
            let at = self.context.clock.now();
            let lift = Lift { on: self.today, at, by: self.actor.user_id(), because: &because };
            store::holds::lift(transaction, hold.id, &lift).await?;
        }
        self.tell(transaction, &Event::HoldLifted { reason: HoldReason::Overdue, effect, because }).await
    }

    /// The customer hears of the hardest cut, or that everything works again.
    async fn notify(
        &self,
        transaction: &mut store::Transaction,
        cut: Option<&OverdueEvidence>,
        state: ServiceState,
    ) -> Result<()> {
        let notice = match cut {
            Some(cut) => Notice {
                purpose: Purpose::Cut,
                path: "/portal/invoices",
                values: vec![("because", because(cut)), ("amount", messages::moneys(&[cut.debt]))],
            },
            None if state == ServiceState::Active => {
                Notice { purpose: Purpose::Restored, path: "/portal", values: Vec::new() }
            }
            None => return Ok(()),
        };
        messages::tell_customer(self.context, transaction, self.customer, &notice).await?;
        Ok(())
    }

    async fn end_promise(
        &self,
        transaction: &mut store::Transaction,
        promise: &Promise,
        outcome: PromiseOutcome,
    ) -> Result<()> {
        store::promises::end(transaction, promise.id, outcome, self.today, self.context.clock.now(), None).await?;
        let event = Event::PromiseEnded { amount: promise.amount, until: promise.until, outcome };
        self.tell(transaction, &event).await
    }

    async fn tell(&self, transaction: &mut store::Transaction, event: &Event) -> Result<()> {
        record::tell(self.context, transaction, self.actor, self.customer, self.contract, event).await
    }
}
