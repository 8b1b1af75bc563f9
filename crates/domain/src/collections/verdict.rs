//! What becomes of one contract tonight: cut, left as it is, or restored; and what holds a cut back.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{CutDates, CutHours, CutoffPolicy, ForbiddenDay, OpenInvoice, OverdueEvidence, Promise, days_late};
use crate::ids::ContractId;
use crate::money::Money;
use crate::service::HoldEffect;

/// Everything that decides whether a contract is cut for its debt.
#[derive(Clone, Debug)]
pub struct Case {
    pub contract: ContractId,
    pub policy: CutoffPolicy,
    pub open_invoices: Vec<OpenInvoice>,
    /// The overdue holds that are open, and since when.
    pub held: Vec<(HoldEffect, NaiveDate)>,
    pub promise: Option<Promise>,
    /// The transfers of the customer that nobody has looked at yet, the oldest first.
    pub transfers: Vec<TransferInReview>,
    /// Where the customer's service comes from is down.
    pub outage: Option<OutageHere>,
}

/// A transfer that the customer reported and staff have not matched yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TransferInReview {
    pub amount: Money,
    pub paid_on: NaiveDate,
    /// The last day on which it keeps this contract on, which it brought back; `None`: it did not, and only keeps from
    /// cutting more.
    #[serde(default)]
    pub provisional_until: Option<NaiveDate>,
}

impl TransferInReview {
    /// Whether it keeps from cutting. What it brought back is over on its last day: the review took too long, and a report
    /// of nothing would be service for nothing.
    fn holds_back_on(&self, today: NaiveDate) -> bool {
        self.provisional_until.is_none_or(|last| today <= last)
    }
}

/// A sector or a router that is down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutageHere {
    /// The sector's or the router's name.
    pub place: String,
    pub since: NaiveDate,
    pub reason: String,
}

/// Why a cut that is due is not made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum HeldBack {
    Promise {
        amount: Money,
        until: NaiveDate,
    },
    Transfer {
        transfer: TransferInReview,
    },
    Outage {
        outage: OutageHere,
    },
    Day {
        day: ForbiddenDay,
    },
    /// Cuts are made at certain hours.
    Hours {
        hours: CutHours,
    },
    /// The night of that date stopped and waits for somebody's word.
    Approval {
        night: NaiveDate,
    },
}

/// What a night does with a contract.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    /// Holds to place now.
    pub place: Vec<OverdueEvidence>,
    /// Holds to lift now.
    pub lift: Vec<HoldEffect>,
    /// The cut that is due and not made, and why. Empty reasons: there is no such cut.
    pub due: Vec<OverdueEvidence>,
    pub held_back: Vec<HeldBack>,
}

impl Verdict {
    /// The cut is due, and nothing but the day or the hour speaks against it.
    pub fn waits_for_its_time(&self) -> bool {
        let time = |because: &HeldBack| matches!(because, HeldBack::Day { .. } | HeldBack::Hours { .. });
        !self.held_back.is_empty() && self.held_back.iter().all(time)
    }
}

impl Case {
    /// What is to be done on these dates. A debt that is paid restores whatever speaks against cutting; a promise restores
    /// too, until its last day, and so does a reported transfer where the policy says so; everything else only keeps from
    /// cutting more.
    pub fn decide(&self, dates: &CutDates) -> Verdict {
        let today = dates.business();
        let wanted = self.policy.holds_due(today, &self.open_invoices, &self.held);
        let is_held = |effect: HoldEffect| self.held.iter().any(|(held, _)| *held == effect);
        let is_wanted = |effect: HoldEffect| wanted.iter().any(|wanted| wanted.effect == effect);
        let promised =
            self.promise.filter(|promise| promise.holds_on(today)).is_some() || self.provisional_until(today).is_some();
        let stays = |effect: HoldEffect| is_wanted(effect) && !promised;
        let lift = self.held.iter().map(|(effect, _)| *effect).filter(|effect| !stays(*effect)).collect();
        let due: Vec<_> = wanted.iter().filter(|wanted| promised || !is_held(wanted.effect)).cloned().collect();
        let held_back = if due.is_empty() { Vec::new() } else { self.held_back(dates) };
        let place = if held_back.is_empty() { due.clone() } else { Vec::new() };
        let due = if held_back.is_empty() { Vec::new() } else { due };
        Verdict { place, lift, due, held_back }
    }

    /// Everything that speaks against cutting this contract on these dates.
    fn held_back(&self, dates: &CutDates) -> Vec<HeldBack> {
        let promise = self.promise.filter(|promise| promise.holds_on(dates.business()));
        let promise = promise.map(|promise| HeldBack::Promise { amount: promise.amount, until: promise.until });
        let transfers = self.transfers.iter().filter(|transfer| transfer.holds_back_on(dates.business()));
        let transfers = transfers.map(|transfer| HeldBack::Transfer { transfer: transfer.clone() });
        let outage = self.outage.clone().map(|outage| HeldBack::Outage { outage });
        let day = self.policy.cut_days.forbid(dates).map(|day| HeldBack::Day { day });
        let hours = self.policy.cut_hours.zip(dates.time()).filter(|(hours, time)| !hours.allow(*time));
        let hours = hours.map(|(hours, _)| HeldBack::Hours { hours });
        promise.into_iter().chain(transfers).chain([outage, day, hours].into_iter().flatten()).collect()
    }

    /// The last day on which a reported transfer keeps on what it brought back; `None`: none does on `today`.
    pub fn provisional_until(&self, today: NaiveDate) -> Option<NaiveDate> {
        let last_days = self.transfers.iter().filter_map(|transfer| transfer.provisional_until);
        last_days.filter(|last| today <= *last).max()
    }

    /// What is past due, within its grace or not. `None`: nothing is open.
    pub fn past_due(&self, today: NaiveDate) -> Option<Money> {
        let late = self.open_invoices.iter().filter(|item| days_late(today, item) > 0).map(|item| item.open);
        let currency = self.open_invoices.first()?.open.currency();
        Money::sum(currency, late).ok()
    }
}

impl OverdueEvidence {
    /// The day from which the debt was old enough for this step.
    pub fn due_since(&self) -> Option<NaiveDate> {
        let oldest = self.invoices.iter().map(|invoice| invoice.due_on).min()?;
        oldest.checked_add_days(Days::new(self.after_days.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{InvoiceId, PromiseId};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn usd(text: &str) -> Money {
        Money::new(text.parse().unwrap(), "USD".parse().unwrap())
    }

    /// Due on 1 May 2026; the soft cut is due from the 11th on, a Monday.
    fn owing(amount: &str) -> Case {
        let invoice = OpenInvoice {
            invoice: InvoiceId(1),
            number: "F-2026-000001".to_owned(),
            due_on: day("2026-05-01"),
            open: usd(amount),
        };
        Case {
            contract: ContractId(1),
            policy: CutoffPolicy::standard(),
            open_invoices: vec![invoice],
            held: Vec::new(),
            promise: None,
            transfers: Vec::new(),
            outage: None,
        }
    }

    fn reported(provisional_until: Option<&str>) -> TransferInReview {
        let provisional_until = provisional_until.map(day);
        TransferInReview { amount: usd("30.00"), paid_on: day("2026-05-10"), provisional_until }
    }

    fn promise(until: &str) -> Promise {
        Promise {
            id: PromiseId(1),
            amount: usd("30.00"),
            made_on: day("2026-05-10"),
            until: day(until),
            paid_since: usd("0.00"),
        }
    }

    fn on(case: &Case, date: &str) -> Verdict {
        case.decide(&CutDates::new(day(date), day(date), &[]))
    }

    /// The same debt would be cut without what holds it.
    fn is_held_back(case: &Case, date: &str) -> bool {
        assert_eq!(on(&owing("30.00"), date).place.len(), 1, "without it there is a cut");
        let verdict = on(case, date);
        verdict.place.is_empty() && !verdict.held_back.is_empty() && verdict.due.len() == 1
    }

    #[test]
    fn a_debt_that_is_old_enough_is_cut() {
        assert!(on(&owing("30.00"), "2026-05-10").place.is_empty());
        let verdict = on(&owing("30.00"), "2026-05-11");
        assert_eq!(verdict.place[0].effect, HoldEffect::SoftCut);
        assert_eq!(verdict.place[0].due_since(), Some(day("2026-05-11")));
    }

    #[test]
    fn a_zero_balance_holds_the_cut() {
        let paid = Case { open_invoices: Vec::new(), ..owing("30.00") };
        assert_eq!(on(&paid, "2026-08-03"), Verdict::default());
        assert_eq!(on(&owing("0.00"), "2026-08-03"), Verdict::default());
    }

    #[test]
    fn a_rounding_balance_holds_the_cut_whatever_the_policy_says() {
        let mut strict = owing("0.04");
        strict.policy.minimum_debt = rust_decimal::Decimal::ZERO;
        assert_eq!(on(&strict, "2026-08-03"), Verdict::default());
        strict.open_invoices[0].open = usd("0.05");
        assert_eq!(on(&strict, "2026-08-03").place.len(), 1);
    }

    #[test]
    fn a_promise_holds_the_cut_until_its_last_day() {
        let promised = Case { promise: Some(promise("2026-05-14")), ..owing("30.00") };
        assert!(is_held_back(&promised, "2026-05-14"));
        assert_eq!(on(&promised, "2026-05-18").place.len(), 1);
    }

    #[test]
    fn a_promise_restores_what_was_cut_and_a_broken_one_cuts_again() {
        let held = vec![(HoldEffect::SoftCut, day("2026-05-11"))];
        let promised = Case { promise: Some(promise("2026-05-14")), held, ..owing("30.00") };
        assert_eq!(on(&promised, "2026-05-12").lift, [HoldEffect::SoftCut]);
        let again = Case { held: Vec::new(), ..promised };
        assert_eq!(on(&again, "2026-05-18").place.len(), 1);
    }

    #[test]
    fn a_transfer_under_review_holds_the_cut() {
        assert!(is_held_back(&Case { transfers: vec![reported(None)], ..owing("30.00") }, "2026-05-12"));
    }

    #[test]
    fn a_transfer_that_was_reviewed_too_late_holds_no_cut_and_hides_no_other_that_does() {
        let over = Case { transfers: vec![reported(Some("2026-05-11"))], ..owing("30.00") };
        assert!(is_held_back(&over, "2026-05-11"));
        assert_eq!(on(&over, "2026-05-12").place.len(), 1);
        let another = Case { transfers: vec![reported(Some("2026-05-11")), reported(None)], ..over };
        assert!(is_held_back(&another, "2026-05-12"));
        assert_eq!(on(&another, "2026-05-12").held_back, [HeldBack::Transfer { transfer: reported(None) }]);
    }

    #[test]
    fn a_transfer_restores_only_the_contract_that_it_brought_back() {
        let held = vec![(HoldEffect::SoftCut, day("2026-05-11"))];
        let of_another = Case { transfers: vec![reported(None)], held, ..owing("30.00") };
        assert!(on(&of_another, "2026-05-12").lift.is_empty());
        let its_own = Case { transfers: vec![reported(None), reported(Some("2026-05-14"))], ..of_another };
        assert_eq!(on(&its_own, "2026-05-12").lift, [HoldEffect::SoftCut]);
        assert_eq!(its_own.provisional_until(day("2026-05-14")), Some(day("2026-05-14")));
        assert_eq!(its_own.provisional_until(day("2026-05-15")), None);
    }

    #[test]
    fn a_reported_outage_holds_the_cut_and_restores_nothing() {
        let place = "Centro".to_owned();
        let outage = Some(OutageHere { place, since: day("2026-05-10"), reason: "fibra rota".to_owned() });
        let down = Case { outage, ..owing("30.00") };
        assert!(is_held_back(&down, "2026-05-12"));
        let cut = Case { held: vec![(HoldEffect::SoftCut, day("2026-05-11"))], ..down };
        let verdict = on(&cut, "2026-05-12");
        assert!(verdict.place.is_empty() && verdict.lift.is_empty());
    }

    #[test]
    fn a_forbidden_day_puts_a_cut_off_and_keeps_nobody_from_being_restored() {
        assert!(on(&owing("30.00"), "2026-05-15").place.is_empty());
        let paid =
            Case { open_invoices: Vec::new(), held: vec![(HoldEffect::SoftCut, day("2026-05-11"))], ..owing("30.00") };
        assert_eq!(on(&paid, "2026-05-15").lift, [HoldEffect::SoftCut]);
    }
}
