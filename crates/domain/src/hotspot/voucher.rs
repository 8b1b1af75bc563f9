//! How long a voucher is good for.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use crate::words::words;

words! {
    /// Where a voucher stands. Whether it was sold is another matter.
    pub enum VoucherState {
        /// Nobody used it yet.
        Fresh = "fresh",
        /// In use since its first use.
        Used = "used",
        /// Over, for one of the reasons below.
        Ended = "ended",
    }
}

words! {
    pub enum EndReason {
        Expired = "expired",
        TimeUsed = "time_used",
        DataUsed = "data_used",
        /// Its batch was withdrawn.
        Withdrawn = "withdrawn",
    }
}

/// What a voucher gives in all, apart from its validity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    pub minutes: Option<u32>,
    pub megabytes: Option<u32>,
}

impl Limits {
    pub fn seconds(self) -> Option<u64> {
        self.minutes.map(|minutes| u64::from(minutes) * 60)
    }

    pub fn bytes(self) -> Option<u64> {
        self.megabytes.map(|megabytes| u64::from(megabytes) * 1024 * 1024)
    }

    /// Which of them so much use has used up.
    pub fn used_up(self, seconds: u64, bytes: u64) -> Option<EndReason> {
        if self.seconds().is_some_and(|most| seconds >= most) {
            Some(EndReason::TimeUsed)
        } else if self.bytes().is_some_and(|most| bytes >= most) {
            Some(EndReason::DataUsed)
        } else {
            None
        }
    }
}

/// When a voucher ends that was first used at `first_used`: after its minutes, and never after its batch's last day.
/// `day_over` is the first moment after that day.
pub fn end_of_use(
    first_used: DateTime<Utc>,
    valid_minutes: Option<u32>,
    day_over: Option<DateTime<Utc>>,
) -> DateTime<Utc> {
    let by_minutes = valid_minutes.map(|minutes| first_used + Duration::minutes(minutes.into()));
    match (by_minutes, day_over) {
        (Some(one), Some(other)) => one.min(other),
        (Some(end), None) | (None, Some(end)) => end,
        // A batch has one of them at least: the database refuses others.
        (None, None) => first_used,
    }
}
