//! The nightly run: one business day at a time, missed ones made up in order, each step with a ledger.

mod catch_up;
mod run_day;

pub use catch_up::catch_up;
pub use run_day::{DayReport, run_day};

/// The hour, in the company's time zone, from which a business day is run.
pub const RUN_HOUR: u32 = 2;
