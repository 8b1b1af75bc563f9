//! The books on a screen: accounts, their lines, and who owes for how long.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::list::{Choice, Page, PageNumber};
use crate::ids::CustomerId;
use crate::journal::JournalLine;
use crate::money::Money;

/// A part of the journal. Without dates: the month of today, up to today.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct JournalFilter {
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
    pub account: Option<String>,
    pub page: PageNumber,
}

/// Days of the books, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookPeriod {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl JournalFilter {
    pub fn period(&self, today: NaiveDate) -> BookPeriod {
        let to = self.to.unwrap_or(today);
        BookPeriod { from: self.from.unwrap_or(to.with_day(1).unwrap_or(to)), to }
    }
}

/// An account in a period, in one currency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AccountRow {
    pub account: String,
    /// Before the period.
    pub opening: Money,
    pub debit: Money,
    pub credit: Money,
    pub closing: Money,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Accounts {
    pub period: BookPeriod,
    pub rows: Vec<AccountRow>,
}

/// The lines of an account, or of all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JournalPage {
    pub period: BookPeriod,
    pub page: Page<JournalLine>,
}

/// What a customer owes in one currency, by how many days it is late, and what is unused of their money.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgedRow {
    pub customer: Choice<CustomerId>,
    pub reference: String,
    pub aged: Aged,
}

/// Amounts by days past due.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Aged {
    pub current: Money,
    pub to_30: Money,
    pub to_60: Money,
    pub to_90: Money,
    pub older: Money,
    pub credit: Money,
    /// All of it, less the credit.
    pub balance: Money,
}

/// A page of customers, and all of them together, per currency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgedList {
    pub on: NaiveDate,
    pub page: Page<AgedRow>,
    pub totals: Vec<Aged>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_dates_the_books_are_those_of_this_month() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let period = |from, to| JournalFilter { from, to, ..JournalFilter::default() }.period(day("2026-03-15"));
        assert_eq!(period(None, None), BookPeriod { from: day("2026-03-01"), to: day("2026-03-15") });
        let february = period(None, Some(day("2026-02-28")));
        assert_eq!(february, BookPeriod { from: day("2026-02-01"), to: day("2026-02-28") });
    }
}
