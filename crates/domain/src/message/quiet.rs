//! When no telephone rings.

use chrono::{NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

/// From an hour of the evening to one of the morning, or within a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    pub from: NaiveTime,
    /// The first moment that is not quiet any more.
    pub to: NaiveTime,
}

impl QuietHours {
    /// When a message of `now` may ring: at once, or when the quiet is over.
    pub fn end(self, now: NaiveDateTime) -> NaiveDateTime {
        let (time, tomorrow) = (now.time(), now.date().succ_opt().unwrap_or(now.date()));
        let over_night = self.from > self.to;
        match over_night {
            true if time >= self.from => tomorrow.and_time(self.to),
            true if time < self.to => now.date().and_time(self.to),
            false if self.from <= time && time < self.to => now.date().and_time(self.to),
            _ => now,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_at_night_waits_for_the_morning() {
        let moment = |text: &str| text.parse::<NaiveDateTime>().unwrap();
        let quiet = |from: &str, to: &str| QuietHours { from: from.parse().unwrap(), to: to.parse().unwrap() };
        let night = quiet("21:00:00", "08:00:00");
        for (hours, now, expected) in [
            (night, "2026-11-12T20:59:59", "2026-11-12T20:59:59"),
            (night, "2026-11-12T21:00:00", "2026-11-13T08:00:00"),
            (night, "2026-11-13T02:00:00", "2026-11-13T08:00:00"),
            (night, "2026-11-13T08:00:00", "2026-11-13T08:00:00"),
            (quiet("13:00:00", "15:00:00"), "2026-11-13T14:00:00", "2026-11-13T15:00:00"),
            (quiet("13:00:00", "15:00:00"), "2026-11-13T15:00:00", "2026-11-13T15:00:00"),
        ] {
            assert_eq!(hours.end(moment(now)), moment(expected), "{now}");
        }
    }
}
