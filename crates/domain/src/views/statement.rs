//! A customer's statement.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::list::Choice;
use crate::ids::CustomerId;
use crate::statement::Account;

/// From the first day to the last, both included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatementView {
    pub customer: Choice<CustomerId>,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// One for each currency; one at least.
    pub accounts: Vec<Account>,
}

/// As typed; blank: from the first of this month, to today.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Span {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}
