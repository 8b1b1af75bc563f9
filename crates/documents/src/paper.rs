//! What a template is given, as `sys.inputs`. All values are text, written in the reader's language already; what does
//! not apply is empty. A template author reads this file as the list of names: `sys.inputs.issuer.tax-id` is written
//! `sys.inputs.issuer.tax_id`.

use serde::Serialize;

/// The kinds of document that have a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Also credit notes.
    Invoice,
    Quote,
    Receipt,
    Statement,
    Contract,
}

/// A whole document.
#[derive(Clone, Debug, Serialize)]
pub struct Paper {
    /// `es` or `en`: the customer's.
    pub language: &'static str,
    pub issuer: Issuer,
    pub customer: Party,
    /// For staff alone: that something is wrong with the template. Empty on what a customer gets.
    pub notice: String,
    /// What is particular to the kind.
    pub doc: Content,
}

/// The provider, as the law wants it named.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Issuer {
    pub name: String,
    pub legal_name: String,
    /// What the country calls the number: RFC, NIT, RIF.
    pub tax_id_name: String,
    pub tax_id: String,
    /// Several lines.
    pub address: String,
    pub phone: String,
    pub email: String,
    pub website: String,
    /// Several lines: accounts, and where to report a transfer.
    pub how_to_pay: String,
}

/// Whom a document is made out to.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Party {
    pub name: String,
    /// The provider's reference of the customer.
    pub reference: String,
    pub tax_id_name: String,
    pub tax_id: String,
    pub address: String,
    pub phone: String,
    pub email: String,
}

#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Content {
    Invoice(Invoice),
    Quote(Quote),
    Receipt(Receipt),
    Statement(Statement),
    Contract(Contract),
    Vouchers(Vouchers),
    Close(Close),
}

/// Cards to be cut apart.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Vouchers {
    pub price: String,
    /// What the buyer gets, a line each.
    pub terms: Vec<String>,
    /// The name of the portal, for those who type it.
    pub portal: String,
    pub cards: Vec<Voucher>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Voucher {
    /// `WIFI-0042`
    pub name: String,
    pub code: String,
    /// Where its QR code leads.
    #[serde(serialize_with = "crate::qr::as_drawing")]
    pub link: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Invoice {
    /// `invoice` or `credit_note`
    pub kind: String,
    /// `draft`, `issued` or `void`
    pub state: String,
    pub number: String,
    /// Where the law wants a second number, such as Venezuela's `número de control`.
    pub control_number: String,
    pub issued_on: String,
    pub due_on: String,
    pub contract: String,
    /// The number of the invoice that a credit note corrects.
    pub corrects: String,
    /// Why a credit note was written.
    pub reason: String,
    pub lines: Vec<Line>,
    pub sums: Sums,
    pub paid_by: Vec<Paid>,
    /// What is still owed; empty when nothing was paid yet.
    pub open: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Quote {
    /// `draft`, `sent`, `accepted`, `paid`, `invoiced`, `rejected` or `expired`
    pub state: String,
    pub number: String,
    pub issued_on: String,
    pub valid_until: String,
    pub contract: String,
    pub lines: Vec<Line>,
    pub sums: Sums,
    /// In words: what accepting or paying it does.
    pub promise: String,
    pub note: String,
}

/// A charged line. `how` is the sum as a person would check it: `27 de 30 días × 25.00`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Line {
    pub description: String,
    /// `1 nov 2026 – 30 nov 2026`
    pub period: String,
    pub how: String,
    pub untaxed: String,
    pub tax: String,
    pub tax_percent: String,
    pub total: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Sums {
    pub currency: String,
    pub untaxed: String,
    pub taxes: Vec<TaxSum>,
    pub total: String,
}

/// All lines with one rate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TaxSum {
    pub percent: String,
    pub base: String,
    pub tax: String,
}

/// What paid, or was paid: a document's number, the date, the amount with its currency.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Paid {
    pub number: String,
    pub on: String,
    pub amount: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Receipt {
    pub number: String,
    pub received_on: String,
    pub method: String,
    pub reference: String,
    pub amount: String,
    pub paid: Vec<Paid>,
    /// What has not paid anything yet; empty when all did.
    pub unused: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Statement {
    pub from: String,
    pub to: String,
    /// One for each currency.
    pub accounts: Vec<Account>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Account {
    pub currency: String,
    pub opening: String,
    pub movements: Vec<Movement>,
    pub charged: String,
    pub credited: String,
    pub closing: String,
}

/// A document that raised (`charge`) or lowered (`credit`) what is owed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Movement {
    pub on: String,
    pub what: String,
    pub charge: String,
    pub credit: String,
    pub balance: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Contract {
    pub code: String,
    pub state: String,
    pub signed_on: String,
    pub activated_on: String,
    /// Where the service is installed.
    pub address: String,
    pub currency: String,
    pub lines: Vec<Sold>,
    /// `Vence 15 días después de la factura`: one sentence each.
    pub terms: Vec<String>,
}

/// What was sold, at which price, billed when.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Sold {
    pub description: String,
    pub speed: String,
    pub price: String,
    pub terms: String,
}

/// A month of the books.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Close {
    /// `marzo de 2026`
    pub month: String,
    pub currencies: Vec<ClosedCurrency>,
    /// The journal of the month.
    pub accounts: Vec<JournalAccount>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct ClosedCurrency {
    pub currency: String,
    /// What was open, what happened, and what is open, counted in each way.
    pub lines: Vec<ClosedLine>,
    /// Whether it adds up, in words.
    pub verdict: String,
    pub taxes: Vec<TaxSum>,
    /// Of the lines: what is asked for by itself.
    pub of_which: Vec<ClosedLine>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ClosedLine {
    pub what: String,
    pub amount: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct JournalAccount {
    pub account: String,
    pub opening: String,
    pub debit: String,
    pub credit: String,
    pub closing: String,
}
