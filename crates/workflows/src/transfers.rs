//! Transfers that customers say they made: reported, reviewed, and then a payment or a refusal with its reason.

mod approve;
mod list;
mod reject;
mod report;

pub use approve::approve;
pub(crate) use approve::approve_within;
pub use list::{list, mine, show};
pub use reject::reject;
pub use report::{offer, offer_mine, report, report_mine};

use domain::failure::{Blocker, Failure};
use domain::ids::TransferReportId;

use crate::Error;
use crate::record::Subject;

fn subject(report: TransferReportId) -> Subject {
    Subject { kind: "transfer_report", id: report.0 }
}

fn already_decided() -> Error {
    Failure::Blocked { what: Blocker::AlreadyDecided }.into()
}
