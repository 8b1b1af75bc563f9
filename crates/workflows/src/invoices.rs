//! Invoices to look at, voiding, and credit notes.

mod credit;
mod issue_line;
mod list;
mod void;

pub use credit::{credit, creditable};
pub(crate) use credit::{credit_days, credit_unused_days, settle, unused_days};
pub(crate) use issue_line::{Issued, OneLine, charge, issue_line};
pub use list::{list, show};
pub use void::void;
