//! How the company bills: its taxes, and its common billing day. What was issued keeps its rate.

mod billing_day;
mod change_rate;
mod create;
mod list;

pub use billing_day::set_billing_day;
pub use change_rate::{cancel_change, change_rate};
pub use create::create;
pub use list::{settings, show};

use domain::ids::TaxId;

use crate::record::Subject;

fn subject(id: TaxId) -> Subject {
    Subject { kind: "tax", id: id.0 }
}
