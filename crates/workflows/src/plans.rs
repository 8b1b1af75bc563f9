//! Plans: what is sold. A plan that changes changes no contract, since each line keeps what was agreed; only its speed is
//! the plan's own.

mod archive;
mod create;
mod edit;
mod list;
mod prices;
mod show;

pub use archive::{archive, unarchive};
pub use create::create;
pub use edit::edit;
pub use list::list;
pub use prices::{add_price, remove_price};
pub use show::{offer, show};

use domain::ids::PlanId;
use domain::plan::PlanFacts;

use crate::Error;
use crate::record::Subject;
use crate::refused::{taken, unknown_choice};

fn subject(id: PlanId) -> Subject {
    Subject { kind: "plan", id: id.0 }
}

fn told(error: store::Error, facts: &PlanFacts) -> Error {
    match error {
        error @ store::Error::Taken { .. } => taken(error, &[("plans_code_key", "code")], &facts.code),
        error => unknown_choice(error, &[("plans_tax_id_fkey", "tax")]),
    }
}
