//! Documents, their numbers, and who paid what.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::ids::InvoiceId;
use crate::money::Money;
use crate::words::words;

words! {
    pub enum DocumentKind {
        Invoice = "invoice",
        CreditNote = "credit_note",
    }
}

words! {
    /// Issued documents are immutable; *paid* is not a state but follows from allocations.
    pub enum InvoiceState {
        Draft = "draft",
        Issued = "issued",
        Void = "void",
    }
}

words! {
    pub enum PaymentMethod {
        Cash = "cash",
        Card = "card",
        Transfer = "transfer",
        Other = "other",
        /// Kept for the tax office: a certificate instead of money.
        VatWithholding = "vat_withholding",
        IncomeWithholding = "income_withholding",
    }
}

impl PaymentMethod {
    /// A part that the customer keeps for the tax office: it settles, but nobody has money of it.
    pub fn is_withholding(self) -> bool {
        matches!(self, Self::VatWithholding | Self::IncomeWithholding)
    }
}

/// How numbers of a series look: `F-{year}-{n:6}` gives `F-2026-000123`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NumberPattern {
    text: String,
}

/// A pattern needs `{n}` or `{n:WIDTH}` once and may have `{year}`; nothing else in braces.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a number pattern such as F-{{year}}-{{n:6}}")]
pub struct PatternError(pub String);

impl NumberPattern {
    /// The number of the `n`-th document of the year of `on`.
    pub fn number(&self, on: NaiveDate, n: i64) -> String {
        let with_year = self.text.replace("{year}", &on.year().to_string());
        let (before, rest) = with_year.split_once("{n").unwrap_or((&with_year, ""));
        let (inside, after) = rest.split_once('}').unwrap_or((rest, ""));
        let width = inside.strip_prefix(':').and_then(|width| width.parse().ok()).unwrap_or(1);
        format!("{before}{n:0width$}{after}")
    }
}

impl std::str::FromStr for NumberPattern {
    type Err = PatternError;
    fn from_str(text: &str) -> Result<Self, PatternError> {
        let refuse = || PatternError(text.to_owned());
        let (before, rest) = text.split_once("{n").ok_or_else(refuse)?;
        let (inside, after) = rest.split_once('}').ok_or_else(refuse)?;
        let width_is_right = inside.is_empty()
            || inside
                .strip_prefix(':')
                .and_then(|width| width.parse::<u8>().ok())
                .is_some_and(|width| (1..=12).contains(&width));
        let rest_is_plain = !format!("{before}{after}").replacen("{year}", "", 1).contains(['{', '}']);
        if width_is_right && rest_is_plain { Ok(Self { text: text.to_owned() }) } else { Err(refuse()) }
    }
}

impl TryFrom<String> for NumberPattern {
    type Error = PatternError;
    fn try_from(text: String) -> Result<Self, PatternError> {
        text.parse()
    }
}

impl From<NumberPattern> for String {
    fn from(pattern: NumberPattern) -> Self {
        pattern.text
    }
}

/// Money that can pay invoices: the unused part of a payment or of a credit note.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Credit<Source> {
    pub source: Source,
    pub unused: Money,
}

/// What is still owed on an invoice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Owed {
    pub invoice: InvoiceId,
    pub due_on: NaiveDate,
    pub open: Money,
}

/// That `amount` of `source` pays `invoice`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Allocation<Source> {
    pub source: Source,
    pub invoice: InvoiceId,
    pub amount: Money,
}

/// Pays the oldest due first, to the cent, with the credits in the order given; what is left stays credit.
/// Credits and invoices of different currencies do not meet.
pub fn allocate<Source: Copy>(credits: &[Credit<Source>], owed: &[Owed]) -> Vec<Allocation<Source>> {
    let mut owed: Vec<Owed> = owed.to_vec();
    owed.sort_by_key(|item| (item.due_on, item.invoice));
    let mut allocations = Vec::new();
    for credit in credits {
        let mut unused = credit.unused;
        for item in owed.iter_mut().filter(|item| item.open.currency() == credit.unused.currency()) {
            let amount = if unused.amount() < item.open.amount() { unused } else { item.open };
            if !amount.is_positive() {
                continue;
            }
            let (Ok(rest), Ok(still_open)) = (unused.checked_sub(amount), item.open.checked_sub(amount)) else {
                continue;
            };
            unused = rest;
            item.open = still_open;
            allocations.push(Allocation { source: credit.source, invoice: item.invoice, amount });
        }
    }
    allocations
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usd(text: &str) -> Money {
        Money::new(text.parse().unwrap(), "USD".parse().unwrap())
    }

    fn owed(invoice: i64, due: u32, open: &str) -> Owed {
        Owed { invoice: InvoiceId(invoice), due_on: NaiveDate::from_ymd_opt(2026, 3, due).unwrap(), open: usd(open) }
    }

    #[test]
    fn numbers_carry_the_year_and_their_width() {
        let on = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        for (pattern, expected) in [("F-{year}-{n:6}", "F-2026-000123"), ("{n}", "123"), ("A{n:2}/{year}", "A123/2026")]
        {
            assert_eq!(pattern.parse::<NumberPattern>().unwrap().number(on, 123), expected);
        }
        for wrong in ["F-{year}", "{n:0}", "{n:x}", "{n}{n}", "{month}-{n}", "{n"] {
            assert!(wrong.parse::<NumberPattern>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_oldest_due_is_paid_first_and_the_rest_is_credit() {
        let paid =
            allocate(&[Credit { source: 'p', unused: usd("50.00") }], &[owed(2, 20, "30.00"), owed(1, 10, "15.50")]);
        let amounts: Vec<_> = paid.iter().map(|a| (a.invoice.0, a.amount)).collect();
        assert_eq!(amounts, [(1, usd("15.50")), (2, usd("30.00"))]);
    }

    #[test]
    fn a_payment_short_by_a_cent_leaves_a_cent_open() {
        let paid = allocate(&[Credit { source: 'p', unused: usd("15.49") }], &[owed(1, 10, "15.50")]);
        assert_eq!(paid[0].amount, usd("15.49"));
    }

    #[test]
    fn two_credits_share_one_invoice() {
        let credits = [Credit { source: 'a', unused: usd("10.00") }, Credit { source: 'b', unused: usd("10.00") }];
        let paid = allocate(&credits, &[owed(1, 10, "15.00")]);
        assert_eq!(
            paid.iter().map(|a| (a.source, a.amount)).collect::<Vec<_>>(),
            [('a', usd("10.00")), ('b', usd("5.00"))]
        );
    }
}
