//! Scans: a whole router beside what it should hold. By hand, or by the clock for all of them.

mod by_the_clock;
mod list;
mod request;
mod settings;
mod work;

pub use by_the_clock::scan_when_due;
pub use list::{list, show};
pub use request::{request, request_all};
pub use settings::{edit_settings, settings};
pub(crate) use work::work;

use domain::ids::ScanId;

use crate::record::Subject;

fn audited(id: ScanId) -> Subject {
    Subject { kind: "scan", id: id.0 }
}
