//! From "due" to issued invoices.

mod issue;
mod preview;
mod run;

pub(crate) use issue::{allocate_credit, bill_contract};
pub(crate) use preview::preview;
pub(crate) use run::{STEP, expected, retry, run_step};
