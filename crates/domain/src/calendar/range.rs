use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::CalendarError;

/// The days from `start` up to, and without, `end`. Never empty. Serialized as `["2026-01-31","2026-02-28"]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "(NaiveDate, NaiveDate)", into = "(NaiveDate, NaiveDate)")]
pub struct DateRange {
    start: NaiveDate,
    end: NaiveDate,
}

impl DateRange {
    /// # Errors
    /// `EmptyRange` unless `start` is before `end`.
    pub fn new(start: NaiveDate, end: NaiveDate) -> Result<Self, CalendarError> {
        if start < end { Ok(Self { start, end }) } else { Err(CalendarError::EmptyRange { start, end }) }
    }

    pub fn start(&self) -> NaiveDate {
        self.start
    }

    /// The first day after it.
    pub fn end(&self) -> NaiveDate {
        self.end
    }

    /// The last day in it: what people expect to read.
    pub fn last_day(&self) -> NaiveDate {
        self.end.pred_opt().unwrap_or(self.start)
    }

    /// At least 1.
    pub fn days(&self) -> i32 {
        self.end.num_days_from_ce() - self.start.num_days_from_ce()
    }

    pub fn contains(&self, date: NaiveDate) -> bool {
        self.start <= date && date < self.end
    }

    /// Neighbours that share an edge do not overlap.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    pub fn intersection(&self, other: &Self) -> Option<Self> {
        Self::new(self.start.max(other.start), self.end.min(other.end)).ok()
    }
}

impl TryFrom<(NaiveDate, NaiveDate)> for DateRange {
    type Error = CalendarError;

    fn try_from((start, end): (NaiveDate, NaiveDate)) -> Result<Self, CalendarError> {
        Self::new(start, end)
    }
}

impl From<DateRange> for (NaiveDate, NaiveDate) {
    fn from(range: DateRange) -> Self {
        (range.start, range.end)
    }
}
