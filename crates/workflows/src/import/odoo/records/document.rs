use chrono::NaiveDate;
use domain::{
    invoice::DocumentKind,
    money::{Currency, Money},
    price::{Percent, parse_decimal},
};
use rust_decimal::Decimal;

use super::{Record, Tax};
use crate::import::odoo::{
    problems::{ExternalId, Fault, File},
    table::{Group, Row},
};

/// An invoice or credit note.
#[derive(Clone, Debug)]
pub struct Document {
    pub id: ExternalId,
    pub line: u64,
    pub number: String,
    pub kind: DocumentKind,
    pub state: DocumentState,
    pub partner: ExternalId,
    pub issued_on: NaiveDate,
    pub due_on: NaiveDate,
    pub untaxed: Money,
    pub tax: Money,
    pub total: Money,
    /// What is still to be paid, as Odoo sees it.
    pub residual: Money,
    /// The invoice that a credit note corrects.
    pub reverses: Option<ExternalId>,
    pub lines: Vec<DocumentLine>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentState {
    Posted,
    /// A draft, or cancelled: it counts for nobody.
    NotPosted,
}

#[derive(Clone, Debug)]
pub struct DocumentLine {
    pub line: u64,
    /// Ends with the period that it bills.
    pub text: String,
    pub quantity: Decimal,
    pub price: Decimal,
    pub discount: Percent,
    pub untaxed: Money,
    pub total: Money,
    pub tax: Tax,
    pub contract_line: Option<ExternalId>,
}

const KINDS: [(&str, DocumentKind); 4] = [
    ("Customer Invoice", DocumentKind::Invoice),
    ("out_invoice", DocumentKind::Invoice),
    ("Customer Credit Note", DocumentKind::CreditNote),
    ("out_refund", DocumentKind::CreditNote),
];
const STATES: [(&str, DocumentState); 6] = [
    ("Posted", DocumentState::Posted),
    ("posted", DocumentState::Posted),
    ("Draft", DocumentState::NotPosted),
    ("draft", DocumentState::NotPosted),
    ("Cancelled", DocumentState::NotPosted),
    ("cancel", DocumentState::NotPosted),
];

impl Record for Document {
    const FILE: File = File::Documents;
    const NEEDS: &[&str] = &["id", "partner_id/id"];
    const OWNER: Option<&str> = Some("partner_id/id");

    fn read(group: &Group<'_>) -> Result<Self, Fault> {
        let row = group.head()?;
        let currency: Currency = row.parsed("currency_id/name", |code| code.parse().ok())?;
        let amount = |column| row.parsed(column, |text| money(text, currency));
        let issued_on = row.date("invoice_date")?;
        Ok(Self {
            id: row.id("id")?,
            line: row.line,
            number: row.filled("name")?.to_owned(),
            kind: row.one_of("move_type", &KINDS)?,
            state: row.one_of("state", &STATES)?,
            partner: row.id("partner_id/id")?,
            issued_on,
            due_on: row.optional_date("invoice_date_due")?.unwrap_or(issued_on).max(issued_on),
            untaxed: amount("amount_untaxed")?,
            tax: amount("amount_tax")?,
            total: row.parsed("amount_total", |text| money(text, currency).filter(|total| !total.is_negative()))?,
            residual: amount("amount_residual")?,
            reverses: row.optional_id("reversed_entry_id/id")?,
            lines: group.rows().map(|row| DocumentLine::read(&row?, currency)).collect::<Result<_, _>>()?,
        })
    }

    fn id(&self) -> Option<(&ExternalId, u64)> {
        Some((&self.id, self.line))
    }
}

impl DocumentLine {
    fn read(row: &Row<'_>, currency: Currency) -> Result<Self, Fault> {
        let column = |name: &str| format!("invoice_line_ids/{name}");
        let amount = |name| row.parsed(&column(name), |text| money(text, currency));
        Ok(Self {
            line: row.line,
            text: row.filled(&column("name"))?.to_owned(),
            quantity: row.number(&column("quantity"))?,
            price: row.number(&column("price_unit"))?,
            discount: row.parsed(&column("discount"), |text| text.parse().ok())?,
            untaxed: amount("price_subtotal")?,
            total: amount("price_total")?,
            tax: Tax::read(row, &column("tax_ids/name"))?,
            contract_line: row.optional_id(&column("contract_line_id/id"))?,
        })
    }
}

pub(super) fn money(text: &str, currency: Currency) -> Option<Money> {
    Money::exact(parse_decimal(text).ok()?, currency).ok()
}
