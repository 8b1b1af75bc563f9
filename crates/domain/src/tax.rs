//! Taxes: a rate that may change on a date, added to the price or already in it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ids::TaxId;
use crate::price::Percent;
use crate::words::words;

words! {
    /// What a price means for the tax.
    #[derive(Default)]
    pub enum TaxBasis {
        /// The price is without it.
        #[default]
        Added = "added",
        /// The price has it in it: the customer pays the price, whatever the rate.
        Included = "included",
    }
}

/// What one invoice is taxed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxRate {
    pub percent: Percent,
    pub basis: TaxBasis,
}

/// A tax from day to day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxRates {
    pub basis: TaxBasis,
    /// Until the first change.
    pub first: Percent,
    /// Oldest first.
    pub changes: Vec<RateChange>,
}

/// From `from` on, invoices are issued with `percent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateChange {
    pub from: NaiveDate,
    pub percent: Percent,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tax {
    pub id: TaxId,
    pub name: String,
    pub rates: TaxRates,
}

impl TaxRate {
    pub const NONE: Self = Self::added(Percent::ZERO);

    pub const fn added(percent: Percent) -> Self {
        Self { percent, basis: TaxBasis::Added }
    }
}

impl TaxRates {
    /// The same rate for ever.
    pub fn always(rate: TaxRate) -> Self {
        Self { basis: rate.basis, first: rate.percent, changes: Vec::new() }
    }

    /// For an invoice of that date, whichever period it bills.
    pub fn on(&self, date: NaiveDate) -> TaxRate {
        let changed = self.changes.iter().rev().find(|change| change.from <= date);
        TaxRate { percent: changed.map_or(self.first, |change| change.percent), basis: self.basis }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_holds_from_its_day_until_the_next() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let percent = |text: &str| text.parse::<Percent>().unwrap();
        let change = |from, rate| RateChange { from: day(from), percent: percent(rate) };
        let changes = vec![change("2026-07-01", "12"), change("2027-01-01", "18")];
        let rates = TaxRates { basis: TaxBasis::Included, first: percent("16"), changes };
        for (on, expected) in [
            ("1999-01-01", "16"),
            ("2026-06-30", "16"),
            ("2026-07-01", "12"),
            ("2026-12-31", "12"),
            ("2027-01-01", "18"),
            ("2099-01-01", "18"),
        ] {
            let rate = rates.on(day(on));
            assert_eq!((rate.percent.to_string().as_str(), rate.basis), (expected, TaxBasis::Included), "{on}");
        }
    }
}
