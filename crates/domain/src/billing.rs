//! What a contract owes when: which lines are due, for which period, at what amount. Pure, so that the nightly run, the
//! preview and the import all say the same.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::{BillingPeriod, BillingTerms};
use crate::ids::ContractLineId;
use crate::money::MoneyError;
use crate::price::{AgreedPrice, LineAmount};

/// A line of an active contract, as far as billing is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BillableLine {
    pub id: ContractLineId,
    pub description: String,
    pub price: AgreedPrice,
    /// `None` is charged once, when the line starts.
    pub terms: Option<BillingTerms>,
    pub starts_on: NaiveDate,
    /// The first day without it.
    pub ends_on: Option<NaiveDate>,
    /// The end of the last billed period; of a line charged once, its start.
    pub billed_through: Option<NaiveDate>,
}

/// A line of an invoice, and where it leaves the contract's line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueLine {
    pub line: ContractLineId,
    pub description: String,
    pub amount: LineAmount,
    /// Why it is discounted; empty when it is not, or nobody knows.
    pub discount_reason: String,
}

/// Lines that are invoiced together because they fall due on the same date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueInvoice {
    pub invoice_on: NaiveDate,
    pub lines: Vec<DueLine>,
}

/// How far a line has been billed after all that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advance {
    pub line: ContractLineId,
    pub billed_through: NaiveDate,
    /// `None`: there is nothing more to bill.
    pub next_invoice_on: Option<NaiveDate>,
}

/// All that a contract is to be invoiced on a date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// Oldest first.
    pub invoices: Vec<DueInvoice>,
    pub advances: Vec<Advance>,
}

/// Why a contract was left out of a bill run, to be tried again the next night.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ParkReason {
    /// An amount that does not fit, or a line whose numbers make no sense.
    Amount { detail: String },
    /// A period that was billed already: somebody must look at why the line stands before it.
    PeriodAlreadyBilled,
    /// The database refused; the number is in the log with what happened.
    Incident { number: String },
}

/// One step of a line: what is charged next, and when.
struct Step {
    invoice_on: NaiveDate,
    starts: NaiveDate,
    through: NaiveDate,
    /// `None`: charged once.
    period: Option<BillingPeriod>,
}

impl BillableLine {
    /// The date of the line's next invoice; `None` when there is nothing more to bill.
    pub fn next_invoice_on(&self) -> Option<NaiveDate> {
        self.next().map(|step| step.invoice_on)
    }

    fn next(&self) -> Option<Step> {
        let Some(terms) = self.terms else {
            let unbilled = self.billed_through.is_none() && self.ends_on.is_none_or(|end| self.starts_on < end);
            let on = self.starts_on;
            return unbilled.then_some(Step { invoice_on: on, starts: on, through: on, period: None });
        };
        let from = self.billed_through.unwrap_or(self.starts_on);
        let period = terms.period_from(self.starts_on, from, self.ends_on)?;
        let (starts, through) = (period.range.start(), period.range.end());
        Some(Step { invoice_on: period.invoice_on, starts, through, period: Some(period) })
    }

    /// The tax is that of the day on which the invoice is issued, also when a night was missed.
    fn charge(&self, step: &Step, issued_on: NaiveDate) -> Result<DueLine, MoneyError> {
        let price = self.price.for_period_from(step.starts, issued_on);
        let amount = match &step.period {
            Some(period) => price.for_period(period)?,
            None => price.once()?,
        };
        let discount_reason = self.price.discount.as_ref().filter(|_| !price.discount.is_none());
        Ok(DueLine {
            line: self.id,
            description: self.description.clone(),
            amount,
            discount_reason: discount_reason.map(|discount| discount.reason.clone()).unwrap_or_default(),
        })
    }
}

/// What is due on or before `today`, for the lines of one contract, to be issued on that day.
///
/// # Errors
/// `TooLarge` when an amount does not fit: the contract is parked.
pub fn due(lines: &[BillableLine], today: NaiveDate) -> Result<Due, MoneyError> {
    let mut due = Due::default();
    for line in lines {
        let mut line = line.clone();
        let mut advanced = false;
        while let Some(step) = line.next().filter(|step| step.invoice_on <= today) {
            add(&mut due.invoices, step.invoice_on, line.charge(&step, today)?);
            line.billed_through = Some(step.through);
            advanced = true;
        }
        if let Some(billed_through) = line.billed_through.filter(|_| advanced) {
            due.advances.push(Advance { line: line.id, billed_through, next_invoice_on: line.next_invoice_on() });
        }
    }
    due.invoices.sort_by_key(|invoice| invoice.invoice_on);
    Ok(due)
}

fn add(invoices: &mut Vec<DueInvoice>, invoice_on: NaiveDate, line: DueLine) {
    match invoices.iter_mut().find(|invoice| invoice.invoice_on == invoice_on) {
        Some(invoice) => invoice.lines.push(line),
        None => invoices.push(DueInvoice { invoice_on, lines: vec![line] }),
    }
}

#[cfg(test)]
#[path = "billing_tests.rs"]
mod tests;
