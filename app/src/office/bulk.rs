//! The same done to many rows of a list: what would happen to whom, then what happened.

pub mod api;
mod choose;
mod preview;
mod result;

pub use choose::{Bulk, choose_column};
pub use preview::{ContractsPreviewPage, JobsPreviewPage};
pub use result::BulkRunPage;

use domain::views::bulk::{BulkAction, SkipReason};

use crate::i18n::Words;

fn action_name(action: BulkAction, t: Words) -> &'static str {
    match action {
        BulkAction::Hold => t.bulk.hold(),
        BulkAction::Lift => t.bulk.lift(),
        BulkAction::Repeat => t.bulk.repeat(),
        BulkAction::Cancel => t.bulk.cancel(),
    }
}

fn skip_name(reason: SkipReason, t: Words) -> &'static str {
    match reason {
        SkipReason::NotActive => t.bulk.not_active(),
        SkipReason::AlreadyHeld => t.bulk.already_held(),
        SkipReason::NotHeld => t.bulk.not_held(),
        SkipReason::NotGivenUp => t.bulk.not_given_up(),
        SkipReason::NotWaiting => t.bulk.not_waiting(),
    }
}
