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

#[cfg(test)]
mod tests {
    use super::*;

    fn range(start: &str, end: &str) -> DateRange {
        DateRange::new(start.parse().unwrap(), end.parse().unwrap()).unwrap()
    }

    #[test]
    fn a_range_is_never_empty() {
        let day = NaiveDate::from_ymd_opt(2026, 1, 31).unwrap();
        let before = day.pred_opt().unwrap();
        assert_eq!(DateRange::new(day, day), Err(CalendarError::EmptyRange { start: day, end: day }));
        assert!(DateRange::new(day, before).is_err());
        assert!(serde_json::from_str::<DateRange>(r#"["2026-01-31","2026-01-31"]"#).is_err());
    }

    #[test]
    fn its_end_is_not_in_it() {
        let february = range("2028-02-01", "2028-03-01");
        assert_eq!(february.days(), 29);
        assert_eq!(february.last_day().to_string(), "2028-02-29");
        assert!(february.contains(february.start()) && !february.contains(february.end()));
    }

    #[test]
    fn neighbours_do_not_overlap() {
        let (january, february) = (range("2026-01-01", "2026-02-01"), range("2026-02-01", "2026-03-01"));
        assert!(!january.overlaps(&february));
        assert_eq!(january.intersection(&february), None);
        let across = range("2026-01-20", "2026-02-10");
        assert!(across.overlaps(&january) && february.overlaps(&across));
        assert_eq!(across.intersection(&february), Some(range("2026-02-01", "2026-02-10")));
    }

    #[test]
    fn it_is_written_as_a_pair_of_dates() {
        let written = serde_json::to_string(&range("2026-01-31", "2026-02-28")).unwrap();
        assert_eq!(written, r#"["2026-01-31","2026-02-28"]"#);
    }
}
