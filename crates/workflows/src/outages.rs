//! Outages: a sector or a router that is down. Nobody there is cut meanwhile.

mod end;
mod list;
mod report;

pub use end::end;
pub use list::{choices, list};
pub use report::report;

use domain::ids::OutageId;

use crate::record::Subject;

fn subject(id: OutageId) -> Subject {
    Subject { kind: "outage", id: id.0 }
}
