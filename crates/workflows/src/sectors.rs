//! The areas that the network is divided into.

mod create;
mod list;
mod rename;
mod show;

pub use create::create;
pub use list::{choices, list};
pub use rename::rename;
pub use show::show;

use domain::ids::SectorId;
use serde::Serialize;

use crate::record::Subject;
use crate::refused::Fields;

const FIELDS: Fields = &[("sectors_name_key", "name")];

fn subject(id: SectorId) -> Subject {
    Subject { kind: "sector", id: id.0 }
}

/// As the audit shows it.
#[derive(Serialize)]
struct Named<'a> {
    name: &'a str,
}
