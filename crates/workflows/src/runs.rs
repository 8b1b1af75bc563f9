//! The nightly run: one business day at a time, missed ones made up in order, each step with a ledger.

mod alarm;
mod catch_up;
mod list;
mod preview;
mod progress;
mod retry;
mod run_day;
mod steps;

pub use alarm::raise_alarms;
pub(crate) use alarm::should_be_over;
pub use catch_up::catch_up;
pub use list::{list, show};
pub(crate) use preview::make_preview;
pub use preview::{AT_ONCE, ask_for_preview, preview};
pub(crate) use progress::Progress;
pub use retry::retry;
pub use run_day::{DayReport, run_day};

use chrono::{Datelike, NaiveDate};

use crate::record::Subject;

/// The hour, in the company's time zone, from which a business day is run.
pub const RUN_HOUR: u32 = 2;

/// A night in the audit: its date as a number, `20260131`.
pub(crate) fn subject(date: NaiveDate) -> Subject {
    let id = i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day());
    Subject { kind: "run", id }
}
