//! Outages: how one stands on a date, what its last day may become, and how it is over.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::failure::Problem;

/// How an outage stands on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutageState {
    /// It has not begun.
    Planned,
    Down,
    /// Its last day is over, and nobody has said that it works again.
    Unconfirmed,
    Over,
    /// It never began: it has no days.
    CalledOff,
}

impl OutageState {
    pub fn is_over(self) -> bool {
        matches!(self, Self::Over | Self::CalledOff)
    }
}

/// The days of an outage that nobody has said is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Foreseen {
    pub starts_on: NaiveDate,
    /// The last day; `None`: until somebody says that it is over.
    pub ends_on: Option<NaiveDate>,
}

/// What becomes of an outage that somebody says is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum OutageEnd {
    Over { last_day: NaiveDate },
    CalledOff,
}

impl Foreseen {
    pub fn state(self, today: NaiveDate) -> OutageState {
        if today < self.starts_on {
            OutageState::Planned
        } else if self.ends_on.is_none_or(|last| today <= last) {
            OutageState::Down
        } else {
            OutageState::Unconfirmed
        }
    }

    /// Another last day: today or later, because what the nights made of the days before stays.
    ///
    /// # Errors
    /// `OutOfOrder`; `InThePast`.
    pub fn until(self, last: Option<NaiveDate>, today: NaiveDate) -> Result<Self, Problem> {
        match last {
            Some(last) if last < self.starts_on => Err(Problem::OutOfOrder),
            Some(last) if last < today => Err(Problem::InThePast),
            ends_on => Ok(Self { ends_on, ..self }),
        }
    }

    /// Today is its last day, or an earlier one that was foreseen. What has not begun is called off.
    pub fn end(self, today: NaiveDate) -> OutageEnd {
        match self.ends_on {
            _ if today < self.starts_on => OutageEnd::CalledOff,
            Some(foreseen) => OutageEnd::Over { last_day: foreseen.min(today) },
            None => OutageEnd::Over { last_day: today },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// From the tenth to the twelfth, or without a last day.
    fn foreseen(last: Option<&str>) -> Foreseen {
        Foreseen { starts_on: day("2026-05-10"), ends_on: last.map(day) }
    }

    #[test]
    fn an_outage_is_planned_then_down_and_waits_for_a_word_when_its_days_are_over() {
        let state = |today: &str, last| foreseen(last).state(day(today));
        assert_eq!(state("2026-05-09", None), OutageState::Planned);
        assert_eq!(state("2026-05-10", Some("2026-05-12")), OutageState::Down);
        assert_eq!(state("2026-05-12", Some("2026-05-12")), OutageState::Down);
        assert_eq!(state("2026-05-13", Some("2026-05-12")), OutageState::Unconfirmed);
        assert_eq!(state("2026-06-13", None), OutageState::Down);
    }

    #[test]
    fn an_outage_ends_today_or_as_foreseen_and_is_called_off_before_it_begins() {
        let end = |today: &str, last| foreseen(last).end(day(today));
        let over = |last: &str| OutageEnd::Over { last_day: day(last) };
        assert_eq!(end("2026-05-11", None), over("2026-05-11"));
        assert_eq!(end("2026-05-11", Some("2026-05-12")), over("2026-05-11"));
        assert_eq!(end("2026-05-20", Some("2026-05-12")), over("2026-05-12"));
        assert_eq!(end("2026-05-09", Some("2026-05-12")), OutageEnd::CalledOff);
        assert_eq!(end("2026-05-09", None), OutageEnd::CalledOff);
    }

    #[test]
    fn a_last_day_is_today_or_later_and_not_before_the_first() {
        let until = |last: Option<&str>, today: &str| foreseen(Some("2026-05-12")).until(last.map(day), day(today));
        assert_eq!(until(Some("2026-05-15"), "2026-05-13"), Ok(foreseen(Some("2026-05-15"))));
        assert_eq!(until(Some("2026-05-11"), "2026-05-11"), Ok(foreseen(Some("2026-05-11"))));
        assert_eq!(until(None, "2026-05-13"), Ok(foreseen(None)));
        assert_eq!(until(Some("2026-05-12"), "2026-05-13"), Err(Problem::InThePast));
        assert_eq!(until(Some("2026-05-09"), "2026-05-01"), Err(Problem::OutOfOrder));
    }
}
