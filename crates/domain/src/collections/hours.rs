//! At which hours a policy cuts, and when it may cut next.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use super::{CutDates, CutoffPolicy, Holiday};

/// From a time of day up to another one, on the same day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CutHours {
    pub from: NaiveTime,
    /// The first moment that is too late.
    pub to: NaiveTime,
}

impl CutHours {
    pub fn allow(self, time: NaiveTime) -> bool {
        self.from <= time && time < self.to
    }
}

/// How far ahead an allowed day is looked for: a policy that cuts at all does so within a week or so.
const LOOKS_AHEAD: usize = 60;

/// When a policy may cut next: `now` itself when it may, and the beginning of the next allowed hours otherwise. `None`: on
/// no day that can be foreseen.
pub fn next_cut(policy: &CutoffPolicy, now: NaiveDateTime, holidays: &[Holiday]) -> Option<NaiveDateTime> {
    now.date().iter_days().take(LOOKS_AHEAD).find_map(|date| {
        let allowed = policy.cut_days.forbid(&CutDates::new(date, date, holidays)).is_none();
        allowed.then(|| first_moment(policy.cut_hours, date, now)).flatten()
    })
}

fn first_moment(hours: Option<CutHours>, date: NaiveDate, now: NaiveDateTime) -> Option<NaiveDateTime> {
    let begins = date.and_time(hours.map_or(NaiveTime::MIN, |hours| hours.from)).max(now);
    hours.is_none_or(|hours| hours.allow(begins.time())).then_some(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(from: &str, to: &str) -> CutoffPolicy {
        let time = |text: &str| text.parse().unwrap();
        CutoffPolicy { cut_hours: Some(CutHours { from: time(from), to: time(to) }), ..CutoffPolicy::standard() }
    }

    #[test]
    fn the_next_cut_is_now_or_when_the_next_allowed_hours_begin() {
        let moment = |text: &str| text.parse::<NaiveDateTime>().unwrap();
        let holiday = Holiday { on: "2026-11-16".parse().unwrap(), name: "Fiesta".to_owned(), yearly: false };
        let (any_hour, office) = (CutoffPolicy::standard(), policy("08:00:00", "16:00:00"));
        for (policy, now, expected) in [
            // A Thursday.
            (&any_hour, "2026-11-12T02:00:00", "2026-11-12T02:00:00"),
            (&office, "2026-11-12T02:00:00", "2026-11-12T08:00:00"),
            (&office, "2026-11-12T08:00:00", "2026-11-12T08:00:00"),
            (&office, "2026-11-12T15:59:59", "2026-11-12T15:59:59"),
            // After it Friday and the weekend; Monday is a holiday.
            (&office, "2026-11-12T16:00:00", "2026-11-17T08:00:00"),
            (&any_hour, "2026-11-13T09:00:00", "2026-11-17T00:00:00"),
        ] {
            assert_eq!(next_cut(policy, moment(now), std::slice::from_ref(&holiday)), Some(moment(expected)), "{now}");
        }
    }
}
