//! Equipment that is bought by renting it: agreed on, paid off, bought out, or given back.

mod add;
mod end;
mod list;
mod notice;

pub use add::add;
pub use end::buy_out;
pub(crate) use end::{end_of_term, end_with_contract};
pub use list::list;
pub(crate) use notice::{NOTICE, notify};

use domain::ids::LeaseId;

use crate::record::Subject;

fn subject(id: LeaseId) -> Subject {
    Subject { kind: "lease", id: id.0 }
}
