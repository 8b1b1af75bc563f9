//! A customer's statement: what was owed, what changed it, what is owed. One account for each currency, since amounts of
//! different currencies do not add.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::money::{Currency, Money, MoneyError};
use crate::words::words;

words! {
    /// What changes what a customer owes.
    pub enum MovementKind {
        Invoice = "invoice",
        CreditNote = "credit_note",
        Payment = "payment",
        /// Money given back.
        Refund = "refund",
        /// A payment that bounced.
        Reversal = "reversal",
    }
}

impl MovementKind {
    /// Whether the customer owes more after it.
    pub fn raises_debt(self) -> bool {
        match self {
            Self::Invoice | Self::Refund | Self::Reversal => true,
            Self::CreditNote | Self::Payment => false,
        }
    }
}

/// A document that changed what is owed. Its amount is never negative.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    pub on: NaiveDate,
    pub kind: MovementKind,
    pub number: String,
    pub amount: Money,
}

/// A movement with what is owed after it; less than nothing is the customer's credit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub movement: Movement,
    pub balance: Money,
}

/// What happened in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub opening: Money,
    pub entries: Vec<Entry>,
    /// Of the entries: what raised the debt, and what lowered it.
    pub charged: Money,
    pub credited: Money,
    pub closing: Money,
}

/// The accounts of `movements`, which are in order: those before `from` make the opening balance, the others are listed.
///
/// # Errors
/// `TooLarge`.
pub fn accounts(movements: Vec<Movement>, from: NaiveDate) -> Result<Vec<Account>, MoneyError> {
    let mut accounts: BTreeMap<Currency, Account> = BTreeMap::new();
    for movement in movements {
        let currency = movement.amount.currency();
        let account = accounts.entry(currency).or_insert_with(|| Account::empty(currency));
        account.take(movement, from)?;
    }
    Ok(accounts.into_values().collect())
}

impl Account {
    /// Nothing owed, nothing happened.
    pub fn empty(currency: Currency) -> Self {
        let zero = Money::zero(currency);
        Self { opening: zero, entries: Vec::new(), charged: zero, credited: zero, closing: zero }
    }

    fn take(&mut self, movement: Movement, from: NaiveDate) -> Result<(), MoneyError> {
        let raises = movement.kind.raises_debt();
        self.closing = match raises {
            true => self.closing.checked_add(movement.amount)?,
            false => self.closing.checked_sub(movement.amount)?,
        };
        if movement.on < from {
            self.opening = self.closing;
            return Ok(());
        }
        let sum = if raises { &mut self.charged } else { &mut self.credited };
        *sum = sum.checked_add(movement.amount)?;
        self.entries.push(Entry { movement, balance: self.closing });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn movement(day: u32, kind: MovementKind, amount: &str, currency: &str) -> Movement {
        Movement {
            on: NaiveDate::from_ymd_opt(2026, 3, day).unwrap(),
            kind,
            number: format!("{kind}-{day}"),
            amount: Money::new(amount.parse().unwrap(), currency.parse().unwrap()),
        }
    }

    fn from(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
    }

    #[test]
    fn what_came_before_is_the_opening_balance() {
        use MovementKind::{CreditNote, Invoice, Payment};
        let movements = vec![
            movement(1, Invoice, "30.00", "USD"),
            movement(5, Payment, "10.00", "USD"),
            movement(10, Invoice, "30.00", "USD"),
            movement(12, CreditNote, "5.00", "USD"),
            movement(20, Payment, "50.00", "USD"),
        ];
        let account = accounts(movements, from(10)).unwrap().remove(0);
        let shown = |money: Money| money.to_string();
        assert_eq!(shown(account.opening), "20.00");
        let balances: Vec<_> = account.entries.iter().map(|entry| shown(entry.balance)).collect();
        assert_eq!(balances, ["50.00", "45.00", "-5.00"]);
        assert_eq!((shown(account.charged), shown(account.credited)), ("30.00".to_owned(), "55.00".to_owned()));
        assert_eq!(shown(account.closing), "-5.00");
    }

    #[test]
    fn currencies_do_not_add() {
        let movements =
            vec![movement(1, MovementKind::Invoice, "30", "USD"), movement(2, MovementKind::Payment, "900", "VES")];
        let found = accounts(movements, from(1)).unwrap();
        assert_eq!(found.len(), 2);
    }

    proptest! {
        #[test]
        fn opening_and_charges_less_credits_is_closing(
            kinds in prop::collection::vec((0_usize..5, 1_i64..100_000, 1_u32..29), 0..40), first in 1_u32..29,
        ) {
            let mut movements: Vec<_> = kinds
                .into_iter()
                .map(|(kind, cents, day)| {
                    let amount = rust_decimal::Decimal::new(cents, 2).to_string();
                    movement(day, MovementKind::ALL[kind], &amount, "USD")
                })
                .collect();
            movements.sort_by_key(|movement| movement.on);
            for account in accounts(movements, from(first)).unwrap() {
                let closing = account.opening.checked_add(account.charged).unwrap().checked_sub(account.credited).unwrap();
                prop_assert_eq!(closing, account.closing);
                prop_assert_eq!(account.entries.last().map_or(account.opening, |entry| entry.balance), account.closing);
            }
        }
    }
}
