//! A customer's word to pay: while it is open, the debt cuts nobody.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::ids::PromiseId;
use crate::money::Money;
use crate::words::words;

/// How long a promise may run, and how many a contract may have within a year. None: nobody may promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseLimits {
    pub days: u16,
    pub a_year: u16,
}

impl PromiseLimits {
    /// The last day that a promise made on `today` may run to; `None` when no more may be made.
    pub fn latest(self, today: NaiveDate, made_in_a_year: i64) -> Option<NaiveDate> {
        let may = self.days > 0 && made_in_a_year < i64::from(self.a_year);
        may.then(|| today.checked_add_days(Days::new(self.days.into()))).flatten()
    }
}

/// An open promise.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Promise {
    pub id: PromiseId,
    pub amount: Money,
    pub made_on: NaiveDate,
    /// The last day that it holds.
    pub until: NaiveDate,
    /// What the customer has paid since it was made.
    pub paid_since: Money,
}

words! {
    /// What became of a promise.
    pub enum PromiseOutcome {
        Kept = "kept",
        Broken = "broken",
        /// Taken back by staff.
        Cancelled = "cancelled",
    }
}

impl Promise {
    pub fn holds_on(&self, today: NaiveDate) -> bool {
        today <= self.until
    }

    /// What it has come to on `today`: kept at once when nothing late is owed any more, otherwise judged when its last
    /// day is over. `None`: it is still open.
    pub fn outcome(&self, today: NaiveDate, late: Money) -> Option<PromiseOutcome> {
        let kept = self.paid_since.checked_sub(self.amount).is_ok_and(|more| !more.is_negative());
        match (late.is_positive(), self.holds_on(today)) {
            (false, _) => Some(PromiseOutcome::Kept),
            (true, true) => None,
            (true, false) if kept => Some(PromiseOutcome::Kept),
            (true, false) => Some(PromiseOutcome::Broken),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn usd(text: &str) -> Money {
        Money::new(text.parse().unwrap(), "USD".parse().unwrap())
    }

    #[test]
    fn a_promise_is_kept_by_paying_and_broken_when_its_last_day_is_over() {
        use PromiseOutcome::{Broken, Kept};
        for (today, late, paid, expected) in [
            ("2026-05-08", "30.00", "0.00", None),
            ("2026-05-08", "10.00", "20.00", None),
            ("2026-05-08", "0.00", "30.00", Some(Kept)),
            ("2026-05-09", "10.00", "20.00", Some(Kept)),
            ("2026-05-09", "10.01", "19.99", Some(Broken)),
            ("2026-05-09", "0.00", "0.00", Some(Kept)),
        ] {
            let promise = Promise {
                id: PromiseId(1),
                amount: usd("20.00"),
                made_on: day("2026-05-01"),
                until: day("2026-05-08"),
                paid_since: usd(paid),
            };
            assert_eq!(promise.outcome(day(today), usd(late)), expected, "{today} {late} {paid}");
        }
    }

    #[test]
    fn promises_are_limited_in_length_and_number() {
        let limits = PromiseLimits { days: 7, a_year: 2 };
        assert_eq!(limits.latest(day("2026-05-01"), 1), Some(day("2026-05-08")));
        assert_eq!(limits.latest(day("2026-05-01"), 2), None);
        assert_eq!(PromiseLimits { days: 0, a_year: 2 }.latest(day("2026-05-01"), 0), None);
    }
}
