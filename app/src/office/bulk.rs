//! The same done to many rows of a list: what would happen to whom, then what happened.

pub mod api;
mod choose;
mod invoices;
mod preview;
mod result;
mod sector;
mod write;

pub use choose::{Bulk, choose_column};
pub use invoices::InvoicesPreviewPage;
pub use preview::{ContractsPreviewPage, JobsPreviewPage};
pub use result::BulkRunPage;

use domain::views::bulk::{BulkAction, SkipReason};
use serde::{Deserialize, Serialize};

use crate::failure::AppError;
use crate::i18n::Words;

/// What was done, in the reader's words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShownRun {
    pub action: BulkAction,
    pub why: String,
    pub at: chrono::DateTime<chrono::Utc>,
    pub results: Vec<ShownResult>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShownResult {
    pub id: i64,
    pub name: String,
    /// Why it was not done.
    pub failure: Option<AppError>,
    /// It was left out.
    pub skipped: Option<SkipReason>,
}

fn action_name(action: BulkAction, t: Words) -> &'static str {
    match action {
        BulkAction::Hold => t.bulk.hold(),
        BulkAction::Lift => t.bulk.lift(),
        BulkAction::Repeat => t.bulk.repeat(),
        BulkAction::Cancel => t.bulk.cancel(),
        BulkAction::Assign => t.bulk.assign(),
        BulkAction::Sector => t.bulk.sector(),
        BulkAction::Message | BulkAction::MessageOfInvoices => t.bulk.message(),
        BulkAction::Send => t.bulk.send(),
    }
}

fn skip_name(reason: SkipReason, t: Words) -> &'static str {
    match reason {
        SkipReason::NotActive => t.bulk.not_active(),
        SkipReason::AlreadyHeld => t.bulk.already_held(),
        SkipReason::NotHeld => t.bulk.not_held(),
        SkipReason::NotGivenUp => t.bulk.not_given_up(),
        SkipReason::NotWaiting => t.bulk.not_waiting(),
        SkipReason::NotCancellable => t.bulk.not_cancellable(),
        SkipReason::InSector => t.bulk.in_sector(),
        SkipReason::SameAddress => t.bulk.same_address(),
        SkipReason::SameCustomer => t.bulk.same_customer(),
        SkipReason::OnlyNecessary => t.bulk.only_necessary(),
        SkipReason::NoWay => t.bulk.no_way(),
        SkipReason::NoEmail => t.bulk.no_email(),
        SkipReason::NotIssued => t.bulk.not_issued(),
    }
}

#[cfg(feature = "ssr")]
impl From<domain::views::bulk::BulkRun> for ShownRun {
    fn from(run: domain::views::bulk::BulkRun) -> Self {
        let shown = |result: domain::views::bulk::BulkResult| ShownResult {
            id: result.id,
            name: result.name,
            failure: result.failure.map(AppError::from),
            skipped: result.skipped,
        };
        Self { action: run.action, why: run.why, at: run.at, results: run.results.into_iter().map(shown).collect() }
    }
}
