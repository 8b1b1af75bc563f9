//! Time that counts: on the wall clocks of the company, within its business hours and without its days off.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveTime, Utc};

use crate::collections::Holiday;
use crate::failure::Problem;
use crate::zone::Offsets;

const DAY: u16 = 24 * 60;
/// Who works in none of so many days never works.
const FURTHEST_DAYS: usize = 3 * 366;

/// A part of a day on the wall clock, in minutes since midnight: `08:00-12:00`, until `24:00` at the latest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    opens: u16,
    closes: u16,
}

/// The spans of one day, in order and apart: `08:00-12:00, 14:00-18:00`; none is a day off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayHours(Vec<Span>);

/// The hours of a week, Monday first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BusinessHours(pub [DayHours; 7]);

/// Business hours with the days off, in a time zone.
#[derive(Clone, Debug)]
pub struct BusinessCalendar {
    pub hours: BusinessHours,
    pub holidays: Vec<Holiday>,
    pub zone: Offsets,
}

impl BusinessCalendar {
    /// The moment by which `time` of business has passed since `from`. Where nobody ever works, time passes as it does.
    pub fn add(&self, from: DateTime<Utc>, time: Duration) -> DateTime<Utc> {
        let mut left = time;
        if left <= Duration::zero() {
            return from;
        }
        for (opens, closes) in self.spans_from(from) {
            let open = closes - opens;
            if left <= open {
                return opens + left;
            }
            left -= open;
        }
        from + time
    }

    /// How much business passed between two moments; nothing when `to` is the earlier one.
    pub fn between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Duration {
        if self.hours.0.iter().all(|day| day.0.is_empty()) {
            return (to - from).max(Duration::zero());
        }
        let until = self.spans_from(from).take_while(|(opens, _)| *opens < to);
        until.fold(Duration::zero(), |sum, (opens, closes)| sum + (closes.min(to) - opens))
    }

    /// The rest of each span from a moment on, as moments: a span during which clocks are set is as long as it really is.
    fn spans_from(&self, from: DateTime<Utc>) -> impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>)> + '_ {
        let first = self.zone.local(from).date();
        let spans = first.iter_days().take(FURTHEST_DAYS).flat_map(|date| self.spans_on(date));
        spans.filter(move |(_, closes)| *closes > from).map(move |(opens, closes)| (opens.max(from), closes))
    }

    fn spans_on(&self, date: NaiveDate) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
        if self.holidays.iter().any(|holiday| holiday.falls_on(date)) {
            return Vec::new();
        }
        let weekday = date.weekday().num_days_from_monday();
        let day = usize::try_from(weekday).ok().and_then(|weekday| self.hours.0.get(weekday));
        let spans = day.map(|day| day.0.as_slice()).unwrap_or_default();
        let moments = spans.iter().map(|span| (self.moment(date, span.opens), self.moment(date, span.closes)));
        // A span that clocks jump over is empty.
        moments.filter(|(opens, closes)| opens < closes).collect()
    }

    fn moment(&self, date: NaiveDate, minutes: u16) -> DateTime<Utc> {
        let (date, minutes) = match minutes {
            DAY => (date.checked_add_days(Days::new(1)).unwrap_or(date), 0),
            minutes => (date, minutes),
        };
        let local = date.and_time(NaiveTime::MIN) + Duration::minutes(minutes.into());
        self.zone.moment(local)
    }
}

impl FromStr for DayHours {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let mut spans: Vec<Span> = Vec::new();
        for part in text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
            let (opens, closes) = part.split_once(['-', '–']).ok_or(Problem::NotHours)?;
            let span = Span { opens: minutes(opens)?, closes: minutes(closes)? };
            let follows = spans.last().is_none_or(|before| before.closes < span.opens);
            if span.opens >= span.closes || !follows {
                return Err(Problem::NotHours);
            }
            spans.push(span);
        }
        Ok(Self(spans))
    }
}

/// `8:00` or `08:00`, until `24:00`.
fn minutes(text: &str) -> Result<u16, Problem> {
    let (hours, minutes) = text.trim().split_once(':').ok_or(Problem::NotHours)?;
    let digits = |text: &str| text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hours) || minutes.len() != 2 || !digits(minutes) {
        return Err(Problem::NotHours);
    }
    let number = |text: &str| text.parse::<u16>().map_err(|_| Problem::NotHours);
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let all = hours * 60 + minutes;
    if minutes < 60 && all <= DAY { Ok(all) } else { Err(Problem::NotHours) }
}

impl fmt::Display for DayHours {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, span) in self.0.iter().enumerate() {
            let comma = if nth == 0 { "" } else { ", " };
            let (opens, closes) = (span.opens, span.closes);
            write!(formatter, "{comma}{:02}:{:02}-{:02}:{:02}", opens / 60, opens % 60, closes / 60, closes % 60)?;
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "business_time_tests.rs"]
mod tests;
