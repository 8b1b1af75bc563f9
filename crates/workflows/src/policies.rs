//! Cut-off policies. One that changes is what the next nightly run goes by; holds that were placed keep their evidence.

mod create;
mod edit;
mod list;

pub use create::create;
pub use edit::edit;
pub use list::{list, offer, show};

use domain::ids::PolicyId;

use crate::Error;
use crate::record::Subject;
use crate::refused::{Fields, taken, unknown_choice};

const NAME: Fields = &[("cutoff_policies_name_key", "name")];
const TAX: Fields = &[("cutoff_policies_late_fee_tax_id_fkey", "late_fee_tax")];

/// A name that another policy has, or a tax that does not exist, is told at its field.
fn refused(error: store::Error, name: &str) -> Error {
    match error {
        error @ store::Error::Taken { .. } => taken(error, NAME, name),
        error => unknown_choice(error, TAX),
    }
}

fn subject(id: PolicyId) -> Subject {
    Subject { kind: "policy", id: id.0 }
}
