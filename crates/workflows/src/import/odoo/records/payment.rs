use chrono::NaiveDate;
use domain::{money::Money, price::parse_decimal};
use rust_decimal::Decimal;

use super::{Record, document::money};
use crate::import::odoo::{
    problems::{ExternalId, Fault, File},
    table::Group,
};

/// Money that a customer paid.
#[derive(Clone, Debug)]
pub struct Payment {
    pub id: ExternalId,
    pub line: u64,
    pub number: String,
    pub partner: ExternalId,
    pub received_on: NaiveDate,
    pub amount: Money,
    pub state: PaymentState,
    pub memo: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentState {
    /// Received, whether or not the bank's statement shows it yet.
    Received,
    /// A draft, cancelled or rejected: it counts for nobody.
    NotReceived,
}

/// That an amount of a payment or credit note went to an invoice; both are named by their numbers.
#[derive(Clone, Debug)]
pub struct Reconciliation {
    pub line: u64,
    pub debit: String,
    pub credit: String,
    pub amount: Decimal,
    pub on: NaiveDate,
}

/// Money that goes back to a customer is not read: it would have to be taken off a balance that it may have made.
const TYPES: [(&str, ()); 2] = [("Receive", ()), ("inbound", ())];
const STATES: [(&str, PaymentState); 10] = [
    ("In Process", PaymentState::Received),
    ("in_process", PaymentState::Received),
    ("Paid", PaymentState::Received),
    ("paid", PaymentState::Received),
    ("Draft", PaymentState::NotReceived),
    ("draft", PaymentState::NotReceived),
    ("Canceled", PaymentState::NotReceived),
    ("canceled", PaymentState::NotReceived),
    ("Rejected", PaymentState::NotReceived),
    ("rejected", PaymentState::NotReceived),
];

impl Record for Payment {
    const FILE: File = File::Payments;
    const NEEDS: &[&str] = &["id", "partner_id/id"];
    const OWNER: Option<&str> = Some("partner_id/id");

    fn read(group: &Group<'_>) -> Result<Self, Fault> {
        let row = group.head()?;
        row.one_of("payment_type", &TYPES)?;
        let currency = row.parsed("currency_id/name", |code| code.parse().ok())?;
        Ok(Self {
            id: row.id("id")?,
            line: row.line,
            number: row.filled("name")?.to_owned(),
            partner: row.id("partner_id/id")?,
            received_on: row.date("date")?,
            amount: row.parsed("amount", |text| money(text, currency).filter(Money::is_positive))?,
            state: row.one_of("state", &STATES)?,
            memo: row.text("memo")?.to_owned(),
        })
    }

    fn id(&self) -> Option<(&ExternalId, u64)> {
        Some((&self.id, self.line))
    }
}

impl Record for Reconciliation {
    const FILE: File = File::Reconciliations;
    const NEEDS: &[&str] = &["debit_move", "credit_move"];
    const OWNER: Option<&str> = None;

    fn read(group: &Group<'_>) -> Result<Self, Fault> {
        let row = group.head()?;
        Ok(Self {
            line: row.line,
            debit: row.filled("debit_move")?.to_owned(),
            credit: row.filled("credit_move")?.to_owned(),
            amount: row.parsed("amount", |text| parse_decimal(text).ok().filter(|amount| *amount > Decimal::ZERO))?,
            on: row.date("max_date")?,
        })
    }

    fn id(&self) -> Option<(&ExternalId, u64)> {
        None
    }
}
