//! What a contract will be invoiced next, by the very rules of the nightly run.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::billing::{BillableLine, due};
use crate::money::{Currency, Money, MoneyError};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextInvoice {
    pub on: NaiveDate,
    pub untaxed: Money,
    pub total: Money,
}

impl NextInvoice {
    /// Of the lines of one contract, which is in `currency`; `None` when nothing is left to bill.
    ///
    /// # Errors
    /// `TooLarge`.
    pub fn of(lines: &[BillableLine], currency: Currency) -> Result<Option<Self>, MoneyError> {
        let Some(on) = lines.iter().filter_map(BillableLine::next_invoice_on).min() else { return Ok(None) };
        let due = due(lines, on)?;
        let amounts = || due.invoices.iter().flat_map(|invoice| &invoice.lines).map(|line| line.amount);
        Ok(Some(Self {
            on,
            untaxed: Money::sum(currency, amounts().map(|amount| amount.untaxed))?,
            total: Money::sum(currency, amounts().map(|amount| amount.total))?,
        }))
    }
}
