//! Crediting an invoice: what is left of it, the form, and what the form will do.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::invoices::InvoiceRow;
use crate::credit::{CreditError, CreditLine, CreditWish, InvoicedLine, credit};
use crate::failure::{Failure, FormCheck, Problem, required};
use crate::form;
use crate::ids::InvoiceLineId;
use crate::money::{Currency, Money};
use crate::words::words;

/// An issued invoice that may be credited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Creditable {
    pub row: InvoiceRow,
    pub today: NaiveDate,
    pub lines: Vec<InvoicedLine>,
    /// Of the whole invoice, with tax, after all its credit notes.
    pub left: Money,
}

words! {
    #[derive(Default)]
    pub enum CreditHow {
        /// All that is left.
        #[default]
        Everything = "everything",
        /// The days from a date on.
        Days = "days",
        /// Amounts with tax, line by line.
        Amounts = "amounts",
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CreditForm {
    /// A [`CreditHow`].
    pub how: String,
    /// With `days`: the first day that is given back.
    pub from: String,
    /// With `amounts`: what is given back of each line, by its id, with tax. Blank: nothing.
    pub amounts: BTreeMap<String, String>,
    /// The days that are given back are billed again by the next run. For an invoice that was wrong.
    pub bill_again: bool,
    pub why: String,
}

impl Creditable {
    /// What is wished for, and the credit note's lines; without its reason, so that it can be shown while it is typed.
    ///
    /// # Errors
    /// `Fields`.
    pub fn preview(&self, form: &CreditForm) -> Result<Vec<CreditLine>, Failure> {
        let wish = form.wish(self)?;
        let lines = credit(&self.lines, &wish).map_err(|error| match error {
            CreditError::MoreThanInvoiced { line, .. } => {
                Failure::field(&format!("amounts.{line}"), Problem::OutOfRange)
            }
            CreditError::Nothing | CreditError::Money(_) => Failure::field("how", Problem::OutOfRange),
        })?;
        let total = crate::credit::sum(&lines).ok().and_then(|sum| sum.total().ok());
        match total.map(|total| total.checked_cmp(self.left)) {
            Some(Ok(order)) if order.is_le() => Ok(lines),
            _ => Err(Failure::field("how", Problem::OutOfRange)),
        }
    }
}

impl CreditForm {
    /// The reason, which the customer reads.
    ///
    /// # Errors
    /// `Fields`.
    pub fn why(&self) -> Result<String, Failure> {
        let mut form = FormCheck::default();
        let why = form.take("why", required(&self.why, 500));
        form.answer(why)
    }

    fn wish(&self, invoice: &Creditable) -> Result<CreditWish, Failure> {
        let mut form = FormCheck::default();
        let wish = match form.take("how", form::choice(&self.how)) {
            Some(CreditHow::Everything) => Some(CreditWish::Everything),
            Some(CreditHow::Days) => form.take("from", form::date(&self.from)).map(CreditWish::DaysFrom),
            Some(CreditHow::Amounts) => Some(CreditWish::Amounts(self.amounts(invoice, &mut form))),
            None => None,
        };
        form.answer(wish)
    }

    fn amounts(&self, invoice: &Creditable, form: &mut FormCheck) -> BTreeMap<InvoiceLineId, Money> {
        let typed = |line: &InvoicedLine| self.amounts.get(&line.id.to_string()).map(|text| (line.id, text.trim()));
        let typed = invoice.lines.iter().filter_map(typed).filter(|(_, text)| !text.is_empty());
        typed
            .filter_map(|(line, text)| {
                let amount = form.take(&format!("amounts.{line}"), amount(text, invoice.left.currency()))?;
                Some((line, amount))
            })
            .collect()
    }
}

fn amount(text: &str, currency: Currency) -> Result<Money, Problem> {
    let amount = form::decimal(text, currency.minor_units()).map_err(|_| Problem::NotAnAmount)?;
    let money = Money::exact(amount, currency).map_err(|_| Problem::NotAnAmount)?;
    if money.is_negative() { Err(Problem::OutOfRange) } else { Ok(money) }
}
