//! Transfers that customers report: how long a review may take.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::TransferReportId;
use crate::words::words;

impl TransferReportId {
    /// How people name it: `T-00012`.
    pub fn code(self) -> String {
        format!("T-{:05}", self.0)
    }
}

words! {
    pub enum TransferState {
        /// Holds the cut until somebody decides.
        InReview = "in_review",
        /// It is a payment.
        Approved = "approved",
        Rejected = "rejected",
    }
}

words! {
    /// How urgent a review is.
    pub enum Urgency {
        Fresh = "fresh",
        /// Half of the time is gone.
        Soon = "soon",
        /// The customer waits for longer than was promised.
        Late = "late",
    }
}

const REVIEW_HOURS: i64 = 48;
const SOON_HOURS: i64 = 24;

/// Until when the customer was promised an answer.
pub fn review_due(reported_at: DateTime<Utc>) -> DateTime<Utc> {
    reported_at + Duration::hours(REVIEW_HOURS)
}

pub fn urgency(reported_at: DateTime<Utc>, now: DateTime<Utc>) -> Urgency {
    let waited = now - reported_at;
    if waited >= Duration::hours(REVIEW_HOURS) {
        Urgency::Late
    } else if waited >= Duration::hours(SOON_HOURS) {
        Urgency::Soon
    } else {
        Urgency::Fresh
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_review_is_flagged_after_24_hours_and_late_after_48() {
        let reported: DateTime<Utc> = "2026-03-01T10:00:00Z".parse().unwrap();
        let after = |minutes| urgency(reported, reported + Duration::minutes(minutes));
        assert_eq!(after(24 * 60 - 1), Urgency::Fresh);
        assert_eq!(after(24 * 60), Urgency::Soon);
        assert_eq!(after(48 * 60 - 1), Urgency::Soon);
        assert_eq!(after(48 * 60), Urgency::Late);
        assert_eq!(review_due(reported).to_rfc3339(), "2026-03-03T10:00:00+00:00");
    }
}
