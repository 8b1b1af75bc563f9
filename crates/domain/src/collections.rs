//! When a debt becomes a cut. Pure: the same facts always give the same holds.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::ids::InvoiceId;
use crate::money::{Currency, Money};
use crate::service::HoldEffect;

mod hours;
mod interlock;
mod late_fee;
mod promise;
mod provisional;
mod reminder;
mod verdict;

pub use hours::{CutHours, next_cut};
pub use interlock::{CutDates, CutDays, ForbiddenDay, Holiday, Interlock, Stop};
pub use late_fee::{FeeCharge, LateFee, LateFeeEvidence};
pub use promise::{Promise, PromiseLimits, PromiseOutcome};
pub use provisional::{ProvisionalLimits, ProvisionalReconnection};
pub use reminder::{ReminderDays, Reminding};
pub use verdict::{Case, HeldBack, OutageHere, TransferInReview, Verdict};

/// A debt of less than so many of its currency's smallest units comes from rounding: it cuts nobody, whatever a policy says.
const ROUNDING_UNITS: i64 = 5;

/// How long a debt may stand. All but `due_days` count from an invoice's due date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CutoffPolicy {
    pub name: String,
    /// From an invoice's date to its due date.
    pub due_days: u16,
    /// A late invoice is not called overdue before these have passed.
    pub grace_days: u16,
    /// Slower, before anything is cut.
    pub throttle_after_days: Option<u16>,
    /// What is left of the speed then, in percent.
    pub throttle_percent: u16,
    pub soft_cut_after_days: Option<u16>,
    pub hard_cut_after_days: Option<u16>,
    pub removal_after_days: Option<u16>,
    /// A debt below this never cuts anybody.
    pub minimum_debt: Decimal,
    /// On which days this policy cuts, beside Monday to Thursday.
    pub cut_days: CutDays,
    /// At which hours, by the company's clocks; `None`: at any.
    pub cut_hours: Option<CutHours>,
    pub promises: PromiseLimits,
    pub provisional: ProvisionalLimits,
    pub reminders: ReminderDays,
    pub late_fee: Option<LateFee>,
}

/// An issued invoice with something still to pay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpenInvoice {
    pub invoice: InvoiceId,
    pub number: String,
    pub due_on: NaiveDate,
    pub open: Money,
}

/// Why an overdue hold was placed: the rule, the facts it saw and the date it saw them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OverdueEvidence {
    pub policy: String,
    pub effect: HoldEffect,
    /// The number of days past due at which the policy takes this step.
    pub after_days: u16,
    pub seen_on: NaiveDate,
    /// Days that the oldest invoice was late.
    pub days_late: i64,
    pub debt: Money,
    pub invoices: Vec<OpenInvoice>,
}

/// What is wrong with a policy's numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum PolicyError {
    #[error("the soft cut comes before the grace is over")]
    SoftCutWithinGrace,
    #[error("the throttle comes before the grace is over")]
    ThrottleWithinGrace,
    #[error("the soft cut comes before the throttle")]
    SoftCutBeforeThrottle,
    #[error("a later step needs the step before it, and more days than that")]
    StepsOutOfOrder,
    #[error("the minimum debt is negative")]
    NegativeMinimumDebt,
}

impl CutoffPolicy {
    /// Grace 5 days, soft cut 10 days past due, hard cut after 30, equipment collected after 60.
    pub fn standard() -> Self {
        Self {
            name: "Standard".to_owned(),
            due_days: 15,
            grace_days: 5,
            throttle_after_days: None,
            throttle_percent: 25,
            soft_cut_after_days: Some(10),
            hard_cut_after_days: Some(30),
            removal_after_days: Some(60),
            minimum_debt: Decimal::ONE,
            cut_days: CutDays::default(),
            cut_hours: None,
            promises: PromiseLimits { days: 7, a_year: 4 },
            provisional: ProvisionalLimits { days: 0, a_year: 2 },
            reminders: ReminderDays { before: vec![7, 3, 1], after: vec![1, 7] },
            late_fee: None,
        }
    }

    pub fn check(&self) -> Result<(), PolicyError> {
        if self.minimum_debt.is_sign_negative() && !self.minimum_debt.is_zero() {
            return Err(PolicyError::NegativeMinimumDebt);
        }
        if self.soft_cut_after_days.is_some_and(|soft| soft < self.grace_days) {
            return Err(PolicyError::SoftCutWithinGrace);
        }
        if self.throttle_after_days.is_some_and(|throttle| throttle < self.grace_days) {
            return Err(PolicyError::ThrottleWithinGrace);
        }
        if self.throttle_after_days.zip(self.soft_cut_after_days).is_some_and(|(throttle, soft)| soft <= throttle) {
            return Err(PolicyError::SoftCutBeforeThrottle);
        }
        let in_order = |earlier: Option<u16>, later: Option<u16>| match (earlier, later) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(earlier), Some(later)) => earlier < later,
        };
        let ordered = in_order(self.soft_cut_after_days, self.hard_cut_after_days)
            && in_order(self.hard_cut_after_days, self.removal_after_days);
        if ordered { Ok(()) } else { Err(PolicyError::StepsOutOfOrder) }
    }

    /// The holds that this policy wants on `today`, hardest last, each with its evidence. A step is taken no sooner after
    /// the one before it than the policy says, however old the debt is: nobody comes from a working connection to having
    /// the equipment collected in one night, not even after an import or a run that was missed. `held` are the overdue
    /// holds that are open, and since when.
    pub fn holds_due(
        &self,
        today: NaiveDate,
        open: &[OpenInvoice],
        held: &[(HoldEffect, NaiveDate)],
    ) -> Vec<OverdueEvidence> {
        let since = |effect| held.iter().find(|(held, _)| *held == effect).map(|(_, since)| *since);
        let mut before: Option<(u16, Option<NaiveDate>)> = None;
        let in_turn = |step: &OverdueEvidence| {
            let waited = match before {
                None => true,
                Some((_, None)) => false,
                Some((after, Some(since))) => (today - since).num_days() >= i64::from(step.after_days - after),
            };
            let is_held = since(step.effect);
            before = Some((step.after_days, is_held));
            waited || is_held.is_some()
        };
        self.steps_due(today, open).into_iter().filter(in_turn).collect()
    }

    /// A debt below this cuts nobody and costs nothing: it is small, or it comes from rounding.
    fn least_debt(&self, currency: Currency) -> Decimal {
        Decimal::new(ROUNDING_UNITS, currency.minor_units()).max(self.minimum_debt)
    }

    /// The steps that a debt is old enough for. Empty when nothing is late enough, or when the late debt is below the
    /// minimum: a zero or a rounding balance cuts nobody.
    pub fn steps_due(&self, today: NaiveDate, open: &[OpenInvoice]) -> Vec<OverdueEvidence> {
        let late: Vec<OpenInvoice> =
            open.iter().filter(|item| days_late(today, item) > i64::from(self.grace_days)).cloned().collect();
        let Some(first) = late.first() else { return Vec::new() };
        let oldest = late.iter().map(|item| days_late(today, item)).max().unwrap_or_default();
        // A contract has one currency, so its open invoices add up.
        let Ok(debt) = Money::sum(first.open.currency(), late.iter().map(|item| item.open)) else { return Vec::new() };
        if debt.amount() < self.least_debt(debt.currency()) {
            return Vec::new();
        }
        [
            (HoldEffect::Throttle, self.throttle_after_days),
            (HoldEffect::SoftCut, self.soft_cut_after_days),
            (HoldEffect::HardCut, self.hard_cut_after_days),
            (HoldEffect::Removal, self.removal_after_days),
        ]
        .into_iter()
        .filter_map(|(effect, after)| Some((effect, after.filter(|after| oldest >= i64::from(*after))?)))
        .map(|(effect, after_days)| OverdueEvidence {
            policy: self.name.clone(),
            effect,
            after_days,
            seen_on: today,
            days_late: oldest,
            debt,
            invoices: late.clone(),
        })
        .collect()
    }
}

/// Days past the due date; negative before it.
pub fn days_late(today: NaiveDate, item: &OpenInvoice) -> i64 {
    (today - item.due_on).num_days()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn owed(due_on: &str, amount: &str) -> OpenInvoice {
        let open = Money::new(amount.parse().unwrap(), "USD".parse().unwrap());
        OpenInvoice { invoice: InvoiceId(1), number: "F-2026-000001".to_owned(), due_on: day(due_on), open }
    }

    fn effects(today: &str, open: &[OpenInvoice], held: &[(HoldEffect, NaiveDate)]) -> Vec<HoldEffect> {
        let wanted = CutoffPolicy::standard().holds_due(day(today), open, held);
        wanted.into_iter().map(|evidence| evidence.effect).collect()
    }

    #[test]
    fn an_old_debt_is_cut_step_by_step_and_never_at_once() {
        use HoldEffect::{HardCut, Removal, SoftCut};
        let debt = [owed("2026-01-01", "30.00")];
        let soft = (SoftCut, day("2026-06-01"));
        assert_eq!(effects("2026-06-01", &debt, &[]), [SoftCut]);
        assert_eq!(effects("2026-06-20", &debt, &[soft]), [SoftCut]);
        assert_eq!(effects("2026-06-21", &debt, &[soft]), [SoftCut, HardCut]);
        let hard = (HardCut, day("2026-06-21"));
        assert_eq!(effects("2026-07-20", &debt, &[soft, hard]), [SoftCut, HardCut]);
        assert_eq!(effects("2026-07-21", &debt, &[soft, hard]), [SoftCut, HardCut, Removal]);
    }

    #[test]
    fn a_policy_may_slow_a_connection_down_before_it_cuts() {
        use HoldEffect::{SoftCut, Throttle};
        let policy = CutoffPolicy { throttle_after_days: Some(6), ..CutoffPolicy::standard() };
        let debt = [owed("2026-01-01", "30.00")];
        let effects = |today: &str, held: &[(HoldEffect, NaiveDate)]| {
            policy.holds_due(day(today), &debt, held).into_iter().map(|due| due.effect).collect::<Vec<_>>()
        };
        assert_eq!(effects("2026-01-06", &[]), []);
        assert_eq!(effects("2026-01-07", &[]), [Throttle]);
        let slow = (Throttle, day("2026-01-07"));
        assert_eq!(effects("2026-01-10", &[slow]), [Throttle]);
        assert_eq!(effects("2026-01-11", &[slow]), [Throttle, SoftCut]);
    }

    #[test]
    fn what_is_held_stays_held_while_the_debt_is_old_enough_for_it() {
        use HoldEffect::{HardCut, SoftCut};
        let held = [(SoftCut, day("2026-02-01")), (HardCut, day("2026-02-02"))];
        assert_eq!(effects("2026-02-03", &[owed("2026-01-01", "30.00")], &held), [SoftCut, HardCut]);
        assert_eq!(effects("2026-02-03", &[owed("2026-01-20", "30.00")], &held), [SoftCut]);
        assert_eq!(effects("2026-02-03", &[owed("2026-01-25", "30.00")], &held), []);
    }

    #[test]
    fn a_debt_below_the_minimum_or_within_its_grace_cuts_nobody() {
        assert_eq!(effects("2026-06-01", &[owed("2026-01-01", "0.99")], &[]), []);
        assert_eq!(effects("2026-01-06", &[owed("2026-01-01", "30.00")], &[]), []);
        assert_eq!(effects("2026-06-01", &[], &[]), []);
    }
}
