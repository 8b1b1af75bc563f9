//! A reported transfer brings back what a debt cut, for a while, before anybody looked at it.

use std::cmp::Ordering;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Case;
use crate::ids::ContractId;
use crate::money::Money;

/// How far a reported transfer brings back what a debt cut, before anybody looked at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvisionalLimits {
    /// 0: not at all.
    pub days: u16,
    pub a_year: u16,
}

/// A contract that a reported transfer brings back, and the last day on which it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProvisionalReconnection {
    pub contract: ContractId,
    pub until: NaiveDate,
}

impl ProvisionalReconnection {
    /// What a report of `amount` brings back of a customer's contracts: those that are cut, the oldest debt first, each
    /// whole or not at all, and together no more than was reported. `in_a_year` reports did so before.
    pub fn of_report(amount: Money, cases: &[Case], today: NaiveDate, in_a_year: i64) -> Vec<Self> {
        let mut cut: Vec<&Case> = cases.iter().filter(|case| !case.held.is_empty()).collect();
        cut.sort_by_key(|case| (case.open_invoices.iter().map(|item| item.due_on).min(), case.contract));
        let mut left = amount;
        let reconnection = |case: &Case| {
            let late = case.past_due(today)?;
            let until = case.policy.provisional.until(today, left, late, in_a_year)?;
            left = left.checked_sub(late).ok()?;
            Some(Self { contract: case.contract, until })
        };
        cut.into_iter().filter_map(reconnection).collect()
    }
}

impl ProvisionalLimits {
    /// Until when `amount` brings a service back; `None` when it does not cover what is late, or there were enough reports
    /// in the year before.
    fn until(self, today: NaiveDate, amount: Money, late: Money, in_a_year: i64) -> Option<NaiveDate> {
        let covers = amount.checked_cmp(late).is_ok_and(Ordering::is_ge);
        let allowed = self.days > 0 && in_a_year < i64::from(self.a_year);
        (covers && allowed && late.is_positive()).then(|| today + Days::new(self.days.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collections::{CutoffPolicy, OpenInvoice};
    use crate::ids::InvoiceId;
    use crate::service::HoldEffect;

    const TODAY: &str = "2026-05-20";

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn usd(text: &str) -> Money {
        Money::new(text.parse().unwrap(), "USD".parse().unwrap())
    }

    /// Cut, and brought back for two days, once a year.
    fn cut(contract: i64, due_on: &str, late: &str) -> Case {
        let invoice =
            OpenInvoice { invoice: InvoiceId(contract), number: String::new(), due_on: day(due_on), open: usd(late) };
        let provisional = ProvisionalLimits { days: 2, a_year: 1 };
        Case {
            contract: ContractId(contract),
            policy: CutoffPolicy { provisional, ..CutoffPolicy::standard() },
            open_invoices: vec![invoice],
            held: vec![(HoldEffect::SoftCut, day("2026-05-15"))],
            promise: None,
            transfers: Vec::new(),
            outage: None,
        }
    }

    /// The contracts that a report brings back.
    fn back(amount: &str, cases: &[Case], before: i64) -> Vec<i64> {
        let found = ProvisionalReconnection::of_report(usd(amount), cases, day(TODAY), before);
        assert!(found.iter().all(|reconnection| reconnection.until == day("2026-05-22")), "{found:?}");
        found.iter().map(|reconnection| reconnection.contract.0).collect()
    }

    #[test]
    fn a_reported_transfer_brings_back_what_it_covers_for_a_while_and_so_often() {
        let late = cut(1, "2026-05-01", "30.00");
        let policy = CutoffPolicy { provisional: ProvisionalLimits { days: 0, a_year: 9 }, ..late.policy.clone() };
        for (what, amount, case, before, expected) in [
            ("all of it", "30.00", late.clone(), 0, &[1][..]),
            ("a cent less", "29.99", late.clone(), 0, &[][..]),
            ("once more in the year", "30.00", late.clone(), 1, &[][..]),
            ("nothing late", "30.00", cut(1, TODAY, "30.00"), 0, &[][..]),
            ("not cut", "30.00", Case { held: Vec::new(), ..late.clone() }, 0, &[][..]),
            ("not allowed", "30.00", Case { policy, ..late }, 0, &[][..]),
        ] {
            assert_eq!(back(amount, &[case], before), expected, "{what}");
        }
    }

    #[test]
    fn what_was_reported_covers_the_oldest_debt_first_and_each_contract_whole() {
        let (newer, older) = (cut(1, "2026-05-04", "30.00"), cut(2, "2026-05-01", "30.00"));
        let (same_day, large) = (cut(3, "2026-05-04", "30.00"), cut(4, "2026-04-01", "500.00"));
        let all = [newer, older, same_day, large];
        for (amount, expected) in [
            ("10.00", &[][..]),
            ("30.00", &[2][..]),
            ("59.99", &[2][..]),
            ("60.00", &[2, 1][..]),
            ("90.00", &[2, 1, 3][..]),
            ("500.00", &[4][..]),
            ("530.00", &[4, 2][..]),
        ] {
            assert_eq!(back(amount, &all, 0), expected, "{amount}");
        }
    }
}
