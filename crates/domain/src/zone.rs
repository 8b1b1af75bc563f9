//! The company's wall clock, where there is no database of time zones: in the browser.

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

/// How far the company's clocks are from UTC, and since when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Offsets(Vec<(DateTime<Utc>, i32)>);

impl Offsets {
    /// Each change in order: from this moment on, so many seconds are added to UTC. What was before the first is as if
    /// it were after it.
    pub fn new(changes: Vec<(DateTime<Utc>, i32)>) -> Self {
        Self(changes)
    }

    /// The moment at which the company's clocks showed this: the first one where they showed it twice, and where they
    /// jumped over it the moment of the jump.
    pub fn moment(&self, local: NaiveDateTime) -> DateTime<Utc> {
        let moment = |seconds: i32| (local - Duration::seconds(seconds.into())).and_utc();
        let Some((_, first)) = self.0.first() else { return moment(0) };
        let mut before = *first;
        for (since, seconds) in &self.0 {
            let as_before = moment(before);
            if as_before < *since {
                return as_before;
            }
            if moment(*seconds) < *since {
                return *since;
            }
            before = *seconds;
        }
        moment(before)
    }

    /// What the company's clocks showed.
    pub fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        let after = self.0.partition_point(|(since, _)| *since <= at);
        let seconds = self.0.get(after.saturating_sub(1)).map_or(0, |(_, seconds)| *seconds);
        at.naive_utc() + Duration::seconds(seconds.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_off_the_clocks_of_its_time() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let offsets = Offsets::new(vec![(at("2024-01-01T00:00:00Z"), -14_400), (at("2024-09-08T04:00:00Z"), -10_800)]);
        let local = |text: &str| offsets.local(at(text)).to_string();
        assert_eq!(local("2024-09-08T03:59:59Z"), "2024-09-07 23:59:59");
        assert_eq!(local("2024-09-08T04:00:00Z"), "2024-09-08 01:00:00");
        assert_eq!(local("2020-01-01T12:00:00Z"), "2020-01-01 08:00:00");
        let moment = |text: &str| offsets.moment(text.parse().unwrap()).to_rfc3339();
        assert_eq!(moment("2024-09-07T23:59:59"), "2024-09-08T03:59:59+00:00");
        assert_eq!(moment("2024-09-08T00:30:00"), "2024-09-08T04:00:00+00:00", "it was never so late");
        assert_eq!(moment("2024-09-08T01:00:00"), "2024-09-08T04:00:00+00:00");
        assert_eq!(moment("2026-01-01T12:00:00"), "2026-01-01T15:00:00+00:00");
        assert_eq!(Offsets::default().local(at("2020-01-01T12:00:00Z")).to_string(), "2020-01-01 12:00:00");
    }
}
