//! The bank's statements on screens: files, movements, and whose they may be.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::list::{Choice, Page, PageNumber};
use crate::bank::{Amounts, BadLine, BankRowState, Columns, DateOrder, Movement, StatementFormat};
use crate::failure::{Failure, FormCheck, Problem};
use crate::form;
use crate::ids::{BankAccountId, BankRowId, BankStatementId, PaymentId};
use crate::matching::Suggestion;
use crate::money::{Currency, Money};

/// An account of the provider's at a bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankAccount {
    pub id: BankAccountId,
    pub name: String,
    pub currency: Currency,
}

/// A file that was uploaded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatementRow {
    pub id: BankStatementId,
    pub account: BankAccount,
    pub file_name: String,
    pub format: StatementFormat,
    pub uploaded_at: DateTime<Utc>,
    pub imported_at: Option<DateTime<Utc>>,
    /// Movements that this file was the first to tell.
    pub movements: i64,
}

/// What importing a file would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatementPreview {
    pub row: StatementRow,
    /// The names of a CSV file's columns.
    pub heads: Vec<String>,
    /// How they are read; `None` for the other formats, which say it themselves.
    pub columns: Option<Columns>,
    /// The first few.
    pub movements: Vec<Movement>,
    pub fresh: usize,
    /// Told by another file before: they are not doubled.
    pub known: usize,
    pub bad: Vec<BadLine>,
}

/// The columns as somebody chose them: numbers from 0, blank for none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ColumnsForm {
    pub date: String,
    pub date_order: String,
    /// With a sign. Otherwise `came_in` and `went_out`.
    pub amount: String,
    pub came_in: String,
    pub went_out: String,
    pub reference: String,
    pub name: String,
    pub description: String,
}

impl ColumnsForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self) -> Result<Columns, Failure> {
        let mut check = FormCheck::default();
        let date = check.take("date", column(&self.date).and_then(|date| date.ok_or(Problem::Required)));
        let date_order: Option<DateOrder> = check.take("date_order", form::choice(&self.date_order));
        let amount = check.take("amount", self.amounts());
        let reference = check.take("reference", column(&self.reference));
        let name = check.take("name", column(&self.name));
        let description = check.take("description", column(&self.description));
        check.answer((|| {
            Some(Columns {
                date: date?,
                date_order: date_order?,
                amount: amount?,
                reference: reference?,
                name: name?,
                description: description?,
            })
        })())
    }

    fn amounts(&self) -> Result<Amounts, Problem> {
        match (column(&self.amount)?, column(&self.came_in)?, column(&self.went_out)?) {
            (Some(amount), None, None) => Ok(Amounts::Signed(amount)),
            (None, Some(came_in), Some(went_out)) => Ok(Amounts::InAndOut { came_in, went_out }),
            _ => Err(Problem::Required),
        }
    }
}

impl From<&Columns> for ColumnsForm {
    fn from(columns: &Columns) -> Self {
        let text = |nth: Option<usize>| nth.map(|nth| nth.to_string()).unwrap_or_default();
        let (amount, came_in, went_out) = match columns.amount {
            Amounts::Signed(amount) => (Some(amount), None, None),
            Amounts::InAndOut { came_in, went_out } => (None, Some(came_in), Some(went_out)),
        };
        Self {
            date: text(Some(columns.date)),
            date_order: columns.date_order.to_string(),
            amount: text(amount),
            came_in: text(came_in),
            went_out: text(went_out),
            reference: text(columns.reference),
            name: text(columns.name),
            description: text(columns.description),
        }
    }
}

fn column(text: &str) -> Result<Option<usize>, Problem> {
    Ok(form::optional_whole(text, 0..=99)?.map(|nth| nth as usize))
}

/// What a list of movements is narrowed to: money that came in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct BankFilter {
    pub state: Option<BankRowState>,
    pub page: PageNumber,
}

/// A movement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BankRow {
    pub id: BankRowId,
    pub account: BankAccount,
    pub booked_on: NaiveDate,
    pub amount: Money,
    pub reference: String,
    pub name: String,
    pub description: String,
    pub state: BankRowState,
    pub reason: Option<String>,
}

/// A movement with whom it may be of, the most certain first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MatchedRow {
    pub row: BankRow,
    pub suggestions: Vec<Suggestion>,
}

/// The work list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BankWork {
    pub page: Page<MatchedRow>,
    /// How many wait in all.
    pub open: i64,
}

/// One movement: what it may be, or what it became.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BankRowDetail {
    pub matched: MatchedRow,
    /// The payments that it was booked as, by their receipts.
    pub payments: Vec<Choice<PaymentId>>,
    pub decided_at: Option<DateTime<Utc>>,
    pub decided_by: Option<String>,
}

/// Whose it is: a customer's number and an amount per line; blank lines count for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BookForm {
    pub lines: Vec<BookLine>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BookLine {
    /// The customer's number.
    pub customer: String,
    pub amount: String,
}

/// The movements to book as they were shown, `row:customer` each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SureForm {
    pub rows: Vec<String>,
}
