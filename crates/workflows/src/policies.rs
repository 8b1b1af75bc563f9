//! Cut-off policies. One that changes is what the next nightly run goes by; holds that were placed keep their evidence.

mod create;
mod edit;
mod list;

pub use create::create;
pub use edit::edit;
pub use list::{list, show};

use domain::ids::PolicyId;

use crate::record::Subject;
use crate::refused::Fields;

const FIELDS: Fields = &[("cutoff_policies_name_key", "name")];

fn subject(id: PolicyId) -> Subject {
    Subject { kind: "policy", id: id.0 }
}
