//! A month of the books, counted from documents and payments, beside what the journal says of it.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::accounts::{AccountRow, BookPeriod};
use crate::invoice::PaymentMethod;
use crate::money::{Currency, Money, MoneyError};
use crate::words::{UnknownWord, words};

/// A calendar month, as `2026-04`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Month {
    first: NaiveDate,
}

impl Month {
    pub fn of(date: NaiveDate) -> Self {
        Self { first: date.with_day(1).unwrap_or(date) }
    }

    #[must_use]
    pub fn next(self) -> Self {
        Self { first: self.first.checked_add_months(Months::new(1)).unwrap_or(self.first) }
    }

    #[must_use]
    pub fn before(self) -> Self {
        Self { first: self.first.checked_sub_months(Months::new(1)).unwrap_or(self.first) }
    }

    /// Its days, both included.
    pub fn period(self) -> BookPeriod {
        BookPeriod { from: self.first, to: self.next().first.pred_opt().unwrap_or(self.first) }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first.format("%Y-%m"))
    }
}

impl FromStr for Month {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let first = format!("{}-01", text.trim()).parse();
        first.map(|first| Self { first }).map_err(|_| UnknownWord { what: "Month", word: text.to_owned() })
    }
}

words! {
    /// What changes what customers owe.
    pub enum CloseItem {
        Invoiced = "invoiced",
        Credited = "credited",
        /// Documents that were taken back, invoices and credit notes.
        Voided = "voided",
        Collected = "collected",
        /// Money that was given back.
        Refunded = "refunded",
        /// Payments that bounced.
        Reversed = "reversed",
    }
}

/// What something added to what customers owe; what made it less is negative.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CloseLine {
    pub item: CloseItem,
    /// How money came or went.
    pub method: Option<PaymentMethod>,
    pub amount: Money,
}

/// The tax of what was issued in the month, less what was taken back in it, by rate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaxLine {
    /// `None`: of documents that came without their lines.
    pub percent: Option<Decimal>,
    pub untaxed: Money,
    pub tax: Money,
}

/// A month in one currency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurrencyClose {
    pub currency: Currency,
    /// What customers owed less what they had to their credit, at the end of the month before.
    pub opening: Money,
    pub lines: Vec<CloseLine>,
    /// The same at the end of the month, counted from what is open.
    pub closing: Money,
    /// The same by the journal.
    pub by_journal: Money,
    pub taxes: Vec<TaxLine>,
    /// Of what was invoiced.
    pub late_fees: Money,
    /// Taken with payments for the state, on top of them.
    pub payment_tax: Money,
}

/// A month of the books.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MonthClose {
    pub month: Month,
    pub currencies: Vec<CurrencyClose>,
    /// Each account of the journal in the month.
    pub accounts: Vec<AccountRow>,
}

impl CurrencyClose {
    /// The opening balance and everything that happened.
    ///
    /// # Errors
    /// `MoneyError` when amounts of another currency are among them.
    pub fn expected(&self) -> Result<Money, MoneyError> {
        let amounts = self.lines.iter().map(|line| line.amount);
        Money::sum(self.currency, std::iter::once(self.opening).chain(amounts))
    }

    /// What is open, what happened and the journal say the same.
    pub fn adds_up(&self) -> bool {
        self.expected() == Ok(self.closing) && self.closing == self.by_journal
    }

    /// What customers kept for the tax office.
    ///
    /// # Errors
    /// As [`expected`](Self::expected).
    pub fn withheld(&self) -> Result<Money, MoneyError> {
        let kept = |line: &&CloseLine| line.method.is_some_and(PaymentMethod::is_withholding);
        Money::sum(self.currency, self.lines.iter().filter(kept).map(|line| -line.amount))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_its_days_and_its_neighbours() {
        let february: Month = "2028-02".parse().unwrap();
        let period = february.period();
        assert_eq!(
            (period.from.to_string(), period.to.to_string()),
            ("2028-02-01".to_owned(), "2028-02-29".to_owned())
        );
        assert_eq!(
            (february.before().to_string(), february.next().to_string()),
            ("2028-01".to_owned(), "2028-03".to_owned())
        );
        assert_eq!(Month::of(period.to), february);
        for text in ["", "2028", "2028-13", "2028-02-01"] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_month_adds_up_when_three_ways_of_counting_say_the_same() {
        let usd = |text: &str| Money::new(text.parse().unwrap(), Currency::USD);
        let line = |item, method, amount| CloseLine { item, method, amount: usd(amount) };
        let mut month = CurrencyClose {
            currency: Currency::USD,
            opening: usd("10"),
            lines: vec![
                line(CloseItem::Invoiced, None, "34.80"),
                line(CloseItem::Collected, Some(PaymentMethod::Cash), "-30"),
                line(CloseItem::Collected, Some(PaymentMethod::VatWithholding), "-4.80"),
            ],
            closing: usd("10"),
            by_journal: usd("10"),
            taxes: Vec::new(),
            late_fees: usd("0"),
            payment_tax: usd("0"),
        };
        assert!(month.adds_up());
        assert_eq!(month.withheld(), Ok(usd("4.80")));
        month.by_journal = usd("10.01");
        assert!(!month.adds_up());
    }
}
