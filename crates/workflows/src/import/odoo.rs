//! Odoo 17 to 19 with OCA's `contract`, as Odoo's own CSV export writes it.
//!
//! [`read`] turns files into records, [`plan()`] turns records into what will be written, all or nothing per customer.
//! Both are pure; [`apply()`] writes a plan, or tries to and takes it back. Nothing is guessed: what cannot be read is a [`Problem`] with its file and line, and leaves out
//! the customer it belongs to with everything that hangs on it.

mod apply;
mod plan;
mod problems;
mod records;
mod table;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use apply::{Mode, Outcome, Progress, Refusal, apply};
pub use plan::{
    AllocationPlan, ContractPlan, CustomerPlan, DocumentLinePlan, DocumentPlan, ImportPlan, LinePlan, Note, NoteKind,
    Options, PaymentPlan, Preview, SkippedCustomer, Source, Tally, plan,
};
pub use problems::{ExternalId, File, Problem, What};
pub use records::{Product, Records, Service, Tax, read};

/// The files of an export by what they are. A file that is not there is missing, which is a problem of its own.
pub type Files = BTreeMap<File, Vec<u8>>;
