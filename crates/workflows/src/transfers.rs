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
use domain::message::Purpose;
use domain::views::transfers::TransferRow;

use crate::messages::{self, Notice};
use crate::record::Subject;
use crate::{Context, Error, Result};

fn subject(report: TransferReportId) -> Subject {
    Subject { kind: "transfer_report", id: report.0 }
}

fn already_decided() -> Error {
    Failure::Blocked { what: Blocker::AlreadyDecided }.into()
}

/// The customer hears what became of what they reported; `values` beside its amount.
async fn tell_decided(
    context: &Context,
    transaction: &mut store::Transaction,
    report: &TransferRow,
    purpose: Purpose,
    values: Vec<(&'static str, String)>,
) -> Result<()> {
    let values = [values, vec![("amount", messages::moneys(&[report.amount]))]].concat();
    let notice = Notice { purpose, path: "/portal/transfers", values };
    messages::tell_customer(context, transaction, report.customer.id, &notice).await.map(drop)
}
