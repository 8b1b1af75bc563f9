//! The books as lines of double entry, and as plain text that accounting programs read.

use std::fmt::Write;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ids::CustomerId;
use crate::money::Money;
use crate::views::list::Choice;
use crate::words::words;

words! {
    /// What an entry was made of.
    pub enum EntryKind {
        Invoice = "invoice",
        CreditNote = "credit_note",
        Payment = "payment",
        Allocation = "allocation",
        Refund = "refund",
        Reversal = "reversal",
        /// An invoice that was voided.
        Void = "void",
        /// The gain or loss between the rate of an invoice's day and that of its payment's.
        Exchange = "exchange",
        /// What a card gateway kept.
        Fee = "fee",
    }
}

/// A line of the journal. Lines of the same kind and record are one entry, and add up to zero in each currency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JournalLine {
    pub on: NaiveDate,
    pub kind: EntryKind,
    /// The id of the document or the payment.
    pub record: i64,
    /// Its number or receipt.
    pub name: String,
    pub customer: Choice<CustomerId>,
    /// With its parents, as in `assets:receivable`.
    pub account: String,
    /// A debit is positive.
    pub amount: Money,
}

impl JournalLine {
    fn is_of_entry(&self, other: &Self) -> bool {
        (self.kind, self.record) == (other.kind, other.record)
    }
}

/// The journal as hledger and Ledger read it: an entry is a paragraph. The lines of an entry stand together.
pub fn as_ledger(lines: &[JournalLine]) -> String {
    let mut text = String::new();
    let mut before: Option<&JournalLine> = None;
    for line in lines {
        if !before.is_some_and(|before| before.is_of_entry(line)) {
            let gap = if before.is_some() { "\n" } else { "" };
            let (on, name, payee) = (line.on, one_line(&line.name), one_line(&line.customer.name));
            let _ = writeln!(text, "{gap}{on} * ({name}) {payee}  ; {}:{}", line.kind, line.record);
        }
        // Two blanks end an account's name.
        let _ = writeln!(text, "    {:<32}  {:>14} {}", line.account, line.amount.to_string(), line.amount.currency());
        before = Some(line);
    }
    text
}

/// Neither the end of the line nor what starts a comment or ends a code.
fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() || ";|()".contains(letter) { ' ' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    fn line(kind: EntryKind, name: &str, account: &str, amount: &str) -> JournalLine {
        JournalLine {
            on: "2026-04-01".parse().unwrap(),
            kind,
            record: 7,
            name: name.to_owned(),
            customer: Choice { id: CustomerId(1), name: "Ana; Peña\n(hija)".to_owned() },
            account: account.to_owned(),
            amount: Money::new(amount.parse().unwrap(), Currency::USD),
        }
    }

    #[test]
    fn an_entry_is_a_paragraph_whatever_the_customer_is_called() {
        let lines = [
            line(EntryKind::Invoice, "F-1", "assets:receivable", "34.80"),
            line(EntryKind::Invoice, "F-1", "income:internet", "-34.80"),
            line(EntryKind::Payment, "R-1", "assets:cash", "34.80"),
            line(EntryKind::Payment, "R-1", "liabilities:customer_credit", "-34.80"),
        ];
        let text = as_ledger(&lines);
        let first = "2026-04-01 * (F-1) Ana  Peña  hija   ; invoice:7";
        assert_eq!(text.lines().next(), Some(first));
        assert_eq!(text.matches("\n\n").count(), 1);
        assert!(text.contains("    assets:receivable                          34.80 USD\n"), "{text}");
    }
}
