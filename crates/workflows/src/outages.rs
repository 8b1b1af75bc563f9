//! Outages: a sector or a router that is down. Nobody there is cut meanwhile, their tickets are one matter, and the days
//! come back to them by the provider's rule.

mod credits;
mod end;
mod last_day;
mod list;
mod report;

pub(crate) use credits::{STEP, expected, retry, run_step};
pub use end::end;
pub use last_day::change_last_day;
pub use list::{choices, list, show};
pub use report::report;

use domain::ids::OutageId;

use crate::record::Subject;

fn subject(id: OutageId) -> Subject {
    Subject { kind: "outage", id: id.0 }
}
