//! What is taken off a line's price: how much, for how long, and why. A line has at most one, so that everybody can
//! check an invoice: price x quantity - discount.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::BillingTerms;
use crate::price::{Percent, UnitPrice};

/// What is taken off the price of a whole period; of a part of it, the same part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reduction {
    Percent(Percent),
    /// Off price x quantity, and never more than that.
    Amount(UnitPrice),
    /// All of it: the line is billed for nothing, with its price to be seen.
    Courtesy,
}

/// Which periods have the discount: those that begin while it lasts, each whole. No charge is split.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lasting {
    Always,
    /// So many whole periods, counted from activation, which makes a date of it: see [`Discount::started`].
    Periods(u16),
    /// The first day without it.
    Until(NaiveDate),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discount {
    pub reduction: Reduction,
    pub lasting: Lasting,
    /// As the invoice says it. Empty only where it was imported without one.
    pub reason: String,
}

impl Reduction {
    pub const NONE: Self = Self::Percent(Percent::ZERO);

    pub fn is_none(self) -> bool {
        match self {
            Self::Percent(percent) => percent.is_zero(),
            Self::Amount(amount) => amount.get().is_zero(),
            Self::Courtesy => false,
        }
    }
}

impl Discount {
    /// As it is once service begins on `on`. "Three months" becomes the day on which they are over: a night that was
    /// missed, or an invoice that was voided and made again, can then neither lose a period nor add one.
    ///
    /// A first period that is only a part of one has the discount and is not counted: nobody gets less than was promised.
    #[must_use]
    pub fn started(self, terms: Option<&BillingTerms>, on: NaiveDate) -> Self {
        let lasting = match (self.lasting, terms) {
            (Lasting::Periods(count), Some(terms)) => {
                let whole = terms.periods(on, None).filter(|period| period.days() == period.of);
                let last = whole.take(count.into()).last();
                last.map_or(Lasting::Always, |last| Lasting::Until(last.range.end()))
            }
            // There is one charge.
            (Lasting::Periods(_), None) => Lasting::Always,
            (lasting, _) => lasting,
        };
        Self { lasting, ..self }
    }

    /// What is taken off the period that begins on `start`.
    pub fn for_period_from(&self, start: NaiveDate) -> Reduction {
        match self.lasting {
            Lasting::Always | Lasting::Periods(_) => self.reduction,
            Lasting::Until(end) if start < end => self.reduction,
            Lasting::Until(_) => Reduction::NONE,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::AnchorDay;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn courtesy(lasting: Lasting) -> Discount {
        Discount { reduction: Reduction::Courtesy, lasting, reason: "School".to_owned() }
    }

    #[test]
    fn a_discount_for_n_periods_ends_with_the_last_of_them() {
        let monthly = |anchor| BillingTerms::monthly(AnchorDay::new(anchor).unwrap());
        let every = |every: &str| BillingTerms { every: every.parse().unwrap(), ..monthly(1) };
        for (terms, on, periods, until) in [
            (monthly(1), "2026-03-01", 3, "2026-06-01"),
            // The part of March is given on top.
            (monthly(1), "2026-03-21", 3, "2026-07-01"),
            (monthly(31), "2026-01-31", 1, "2026-02-28"),
            (monthly(30), "2028-01-30", 2, "2028-03-30"),
            (every("1y"), "2028-02-29", 1, "2029-03-01"),
            (every("2w"), "2026-03-21", 2, "2026-04-18"),
        ] {
            let started = courtesy(Lasting::Periods(periods)).started(Some(&terms), day(on));
            assert_eq!(started.lasting, Lasting::Until(day(until)), "{terms:?} {on}");
        }
    }

    #[test]
    fn what_is_charged_once_has_its_discount_once() {
        let started = courtesy(Lasting::Periods(3)).started(None, day("2026-03-21"));
        assert_eq!(started.for_period_from(day("2026-03-21")), Reduction::Courtesy);
    }

    #[test]
    fn a_period_that_begins_before_the_end_has_all_of_it() {
        let until = courtesy(Lasting::Until(day("2026-05-15")));
        assert_eq!(until.for_period_from(day("2026-05-01")), Reduction::Courtesy);
        assert_eq!(until.for_period_from(day("2026-05-15")), Reduction::NONE);
    }

    proptest! {
        #[test]
        fn exactly_n_whole_periods_have_it(anchor in 1_i64..=31, offset in 0_u64..1_500, periods in 1_u16..=36) {
            let terms = BillingTerms::monthly(AnchorDay::new(anchor).unwrap());
            let on = day("2026-01-01") + chrono::Days::new(offset);
            let started = courtesy(Lasting::Periods(periods)).started(Some(&terms), on);
            let discounted = terms
                .periods(on, None)
                .take_while(|period| !started.for_period_from(period.range.start()).is_none())
                .filter(|period| period.days() == period.of);
            prop_assert_eq!(discounted.count(), usize::from(periods));
        }
    }
}
