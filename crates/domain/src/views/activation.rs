//! What activating a contract would bill, before anybody does: by the very rules of the nightly run.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::contracts::ContractDetail;
use super::invoices::InvoiceLine;
use crate::billing::{BillableLine, DueInvoice, DueLine, due};
use crate::money::{Currency, Money, MoneyError};

/// The page that activates a contract.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActivationPreview {
    pub contract: ContractDetail,
    /// The first day of service that the rest is told for.
    pub on: NaiveDate,
    pub plan: InvoicePlan,
}

/// The next invoices of a contract.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct InvoicePlan {
    /// What is issued at once; empty when the first invoice comes later.
    pub at_once: Vec<PlannedInvoice>,
    /// The one after it; `None` when nothing is left to bill.
    pub next: Option<PlannedInvoice>,
}

/// An invoice that will be issued, as things stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlannedInvoice {
    pub issued_on: NaiveDate,
    pub due_on: NaiveDate,
    pub total: Money,
    pub lines: Vec<InvoiceLine>,
}

/// What planned invoices have in common.
#[derive(Clone, Copy, Debug)]
pub struct Planning {
    pub today: NaiveDate,
    pub due_days: u16,
    pub currency: Currency,
}

impl InvoicePlan {
    /// # Errors
    /// `TooLarge`.
    pub fn of(mut lines: Vec<BillableLine>, planning: Planning) -> Result<Self, MoneyError> {
        let now = due(&lines, planning.today)?;
        for line in &mut lines {
            let advance = now.advances.iter().find(|advance| advance.line == line.id);
            line.billed_through = advance.map(|advance| advance.billed_through).or(line.billed_through);
        }
        let next_on = lines.iter().filter_map(BillableLine::next_invoice_on).min();
        let next = next_on.map(|on| Ok::<_, MoneyError>((on, due(&lines, on)?))).transpose()?;
        let planned = |invoice: DueInvoice, on| PlannedInvoice::of(invoice, on, planning);
        Ok(Self {
            at_once: now.invoices.into_iter().map(|due| planned(due, planning.today)).collect::<Result<_, _>>()?,
            next: match next {
                Some((on, due)) => due.invoices.into_iter().next().map(|due| planned(due, on)).transpose()?,
                None => None,
            },
        })
    }
}

impl PlannedInvoice {
    fn of(invoice: DueInvoice, issued_on: NaiveDate, planning: Planning) -> Result<Self, MoneyError> {
        let totals = invoice.lines.iter().map(|line| line.amount.total);
        Ok(Self {
            issued_on,
            due_on: issued_on.checked_add_days(Days::new(planning.due_days.into())).ok_or(MoneyError::TooLarge)?,
            total: Money::sum(planning.currency, totals)?,
            lines: invoice.lines.into_iter().map(InvoiceLine::from).collect(),
        })
    }
}

impl From<DueLine> for InvoiceLine {
    fn from(line: DueLine) -> Self {
        let (amount, price) = (line.amount, line.amount.price);
        Self {
            description: line.description,
            time: amount.time.map(|time| (time.period, time.days, time.of)),
            quantity: price.quantity.get(),
            unit_price: price.unit_price.get(),
            discount: price.discount,
            discount_reason: line.discount_reason,
            tax_rate: price.tax_rate,
            untaxed: amount.untaxed,
            tax: amount.tax,
            total: amount.total,
        }
    }
}
