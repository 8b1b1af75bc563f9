//! Quotes (pre-invoices): the list, one of them, and the forms.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::invoices::InvoiceLine;
use super::list::{Choice, Page, PageNumber};
use crate::failure::{Failure, FormCheck, Problem, optional, required};
use crate::form;
use crate::ids::{ContractId, CustomerId, InvoiceId, QuoteId, TaxId};
use crate::money::Money;
use crate::price::{Percent, Quantity, UnitPrice};
use crate::quote::{QuotePurpose, QuoteState, QuoteStateName};

/// What a list of quotes is narrowed to; the newest come first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QuoteFilter {
    /// A number, or a customer's name or reference.
    pub search: Option<String>,
    pub state: Option<QuoteStateName>,
    pub customer: Option<CustomerId>,
    pub contract: Option<ContractId>,
    /// Customers do not see what is being prepared.
    pub without_drafts: bool,
    pub page: PageNumber,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuoteRow {
    pub id: QuoteId,
    pub purpose: QuotePurpose,
    /// Drafts have none.
    pub number: Option<String>,
    pub customer: CustomerId,
    pub customer_name: String,
    pub contract: Option<Choice<ContractId>>,
    pub sent_on: Option<NaiveDate>,
    /// The last day on which it can be accepted or paid.
    pub valid_until: NaiveDate,
    pub total: Money,
    /// As it is today.
    pub state: QuoteStateName,
}

pub type QuoteList = Page<QuoteRow>;

/// One quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuoteDetail {
    pub row: QuoteRow,
    pub state: QuoteState,
    pub note: String,
    pub untaxed: Money,
    pub tax: Money,
    pub lines: Vec<QuoteLine>,
    /// What it became.
    pub invoice: Option<Choice<InvoiceId>>,
    /// Of a reconnection: what is owed on the contract already, and stays owed.
    pub old_debt: Option<Money>,
    /// Of a reconnection: the users, MACs and addresses that somebody else has meanwhile, with whose they are now.
    pub taken: Vec<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuoteLine {
    pub id: i64,
    pub line: InvoiceLine,
}

/// What the forms of a quote choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteChoices {
    pub customer: Choice<CustomerId>,
    pub contracts: Vec<Choice<ContractId>>,
    pub taxes: Vec<Choice<TaxId>>,
    pub valid_until: NaiveDate,
}

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QuoteForm {
    pub customer: String,
    /// The contract's id, or blank.
    pub contract: String,
    pub valid_until: String,
    pub note: String,
}

/// A quote to draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewQuote {
    pub customer: CustomerId,
    pub contract: Option<ContractId>,
    pub valid_until: NaiveDate,
    pub note: String,
}

impl QuoteForm {
    pub fn check(&self, today: NaiveDate) -> Result<NewQuote, Failure> {
        let mut check = FormCheck::default();
        let customer = check.take("customer", form::choice(&self.customer));
        let contract = check.take("contract", form::optional_choice(&self.contract));
        let valid_until = check.take("valid_until", until(&self.valid_until, today));
        let note = check.take("note", optional(&self.note, 500));
        let quote = (|| {
            Some(NewQuote {
                customer: customer?,
                contract: contract?,
                valid_until: valid_until?,
                note: note?.unwrap_or_default(),
            })
        })();
        check.answer(quote)
    }
}

fn until(text: &str, today: NaiveDate) -> Result<NaiveDate, Problem> {
    let date = form::date(text)?;
    if date < today { Err(Problem::OutOfOrder) } else { Ok(date) }
}

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QuoteLineForm {
    pub description: String,
    pub quantity: String,
    pub unit_price: String,
    pub discount_percent: String,
    pub tax: String,
}

/// A line to charge once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewQuoteLine {
    pub description: String,
    pub quantity: Quantity,
    pub unit_price: UnitPrice,
    pub discount: Percent,
    pub tax: TaxId,
}

impl QuoteLineForm {
    pub fn check(&self) -> Result<NewQuoteLine, Failure> {
        let mut check = FormCheck::default();
        let description = check.take("description", required(&self.description, 200));
        let quantity = check.take("quantity", form::quantity(&self.quantity));
        let unit_price = check.take("unit_price", form::unit_price(&self.unit_price));
        let discount = check.take("discount_percent", form::percent(&self.discount_percent));
        let tax = check.take("tax", form::choice(&self.tax));
        let line = (|| {
            Some(NewQuoteLine {
                description: description?,
                quantity: quantity?,
                unit_price: unit_price?,
                discount: discount?,
                tax: tax?,
            })
        })();
        check.answer(line)
    }
}
