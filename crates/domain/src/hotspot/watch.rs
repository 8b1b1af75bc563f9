//! How long a hotspot may go without being looked at.

use chrono::{DateTime, Duration, Utc};

/// A look may come so much later than it should: a router that failed is left alone for a while, and whoever stopped on
/// the way is replaced after a while.
const PATIENCE: Duration = Duration::minutes(30);

/// Whether it should long have been looked at again. One that never was is told to be so.
pub fn is_late(looked_at: Option<DateTime<Utc>>, look_seconds: u32, now: DateTime<Utc>) -> bool {
    looked_at.is_some_and(|at| at + Duration::seconds(look_seconds.into()) + PATIENCE < now)
}
