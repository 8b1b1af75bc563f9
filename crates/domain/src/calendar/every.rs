use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::CalendarError;
use crate::words::words;

/// How long a whole period is. Written `30d`, `2w`, `1m`, `1y`; a quarter is `3m`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Every {
    count: u16,
    unit: Unit,
}

words! {
    pub enum Unit {
        Days = "days",
        Weeks = "weeks",
        Months = "months",
        Years = "years",
    }
}

/// What the length means for the calendar: days are counted from the start, months go from anchor day to anchor day.
pub(super) enum Step {
    Days(u64),
    Months(i32),
}

impl Every {
    pub const MAX: u16 = 999;
    pub const MONTH: Self = Self { count: 1, unit: Unit::Months };

    /// # Errors
    /// `NotAnInterval` unless `count` is from 1 to 999.
    pub fn new(count: u16, unit: Unit) -> Result<Self, CalendarError> {
        let every = Self { count, unit };
        if (1..=Self::MAX).contains(&count) { Ok(every) } else { Err(CalendarError::NotAnInterval(every.to_string())) }
    }

    pub fn count(self) -> u16 {
        self.count
    }

    pub fn unit(self) -> Unit {
        self.unit
    }

    /// Whether periods run from anchor day to anchor day; days and weeks run from the line's start.
    pub fn is_anchored(self) -> bool {
        matches!(self.unit, Unit::Months | Unit::Years)
    }

    pub(super) fn step(self) -> Step {
        match self.unit {
            Unit::Days => Step::Days(u64::from(self.count)),
            Unit::Weeks => Step::Days(7 * u64::from(self.count)),
            Unit::Months => Step::Months(i32::from(self.count)),
            Unit::Years => Step::Months(12 * i32::from(self.count)),
        }
    }
}

impl FromStr for Every {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Self, CalendarError> {
        let refused = || CalendarError::NotAnInterval(text.to_owned());
        let (digits, unit) = text.split_at_checked(text.len().saturating_sub(1)).ok_or_else(refused)?;
        let unit = match unit {
            "d" => Unit::Days,
            "w" => Unit::Weeks,
            "m" => Unit::Months,
            "y" => Unit::Years,
            _ => return Err(refused()),
        };
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(refused());
        }
        let count = digits.parse().map_err(|_| refused())?;
        Self::new(count, unit).map_err(|_| refused())
    }
}

impl TryFrom<String> for Every {
    type Error = CalendarError;

    fn try_from(text: String) -> Result<Self, CalendarError> {
        text.parse()
    }
}

impl From<Every> for String {
    fn from(every: Every) -> Self {
        every.to_string()
    }
}

impl fmt::Display for Every {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Days => 'd',
            Unit::Weeks => 'w',
            Unit::Months => 'm',
            Unit::Years => 'y',
        };
        write!(f, "{}{unit}", self.count)
    }
}

/// The day of the month on which periods begin, 1 to 31. In a shorter month it is that month's last day,
/// and the month after it is itself again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "u8")]
pub struct AnchorDay(u8);

impl AnchorDay {
    pub const FIRST: Self = Self(1);

    /// # Errors
    /// `NotAnAnchorDay` unless from 1 to 31.
    pub fn new(day: i64) -> Result<Self, CalendarError> {
        match u8::try_from(day) {
            Ok(day @ 1..=31) => Ok(Self(day)),
            _ => Err(CalendarError::NotAnAnchorDay(day.to_string())),
        }
    }

    /// The anchor of somebody who starts on `date` and has no other wish.
    pub fn of(date: NaiveDate) -> Self {
        Self(u8::try_from(date.day()).unwrap_or(31))
    }

    pub fn get(self) -> u8 {
        self.0
    }

    pub fn falls_on(self, date: NaiveDate) -> bool {
        self.in_month(Month::of(date)) == Some(date)
    }

    /// `None` outside the calendar.
    pub(super) fn in_month(self, month: Month) -> Option<NaiveDate> {
        let first = NaiveDate::from_ymd_opt(month.0.div_euclid(12), month.0.rem_euclid(12).unsigned_abs() + 1, 1)?;
        first.with_day(u32::from(self.0).min(first.num_days_in_month().into()))
    }
}

impl TryFrom<i64> for AnchorDay {
    type Error = CalendarError;

    fn try_from(day: i64) -> Result<Self, CalendarError> {
        Self::new(day)
    }
}

impl From<AnchorDay> for u8 {
    fn from(day: AnchorDay) -> Self {
        day.0
    }
}

impl FromStr for AnchorDay {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Self, CalendarError> {
        text.parse()
            .ok()
            .and_then(|day| Self::new(day).ok())
            .ok_or_else(|| CalendarError::NotAnAnchorDay(text.to_owned()))
    }
}

impl fmt::Display for AnchorDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Months since the year 0: adding to it cannot run into the length of a month, which is how anchors drift.
#[derive(Clone, Copy)]
pub(super) struct Month(i32);

impl Month {
    pub(super) fn of(date: NaiveDate) -> Self {
        Self(date.year() * 12 + date.month0().cast_signed())
    }

    pub(super) fn plus(self, months: i32) -> Self {
        Self(self.0 + months)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_a_number_and_a_letter() {
        for text in ["30d", "2w", "1m", "999y"] {
            assert_eq!(text.parse::<Every>().unwrap().to_string(), text);
        }
        for wrong in ["", "m", "1", "0m", "-1m", "+1m", "1.5m", "1M", "1000d", "1 m", "99999999999d", "1mes", "1ñ", "ñ"]
        {
            assert_eq!(wrong.parse::<Every>(), Err(CalendarError::NotAnInterval(wrong.to_owned())));
        }
    }

    #[test]
    fn billing_days_go_from_1_to_31() {
        assert!(AnchorDay::new(0).is_err() && AnchorDay::new(32).is_err() && AnchorDay::new(-1).is_err());
        assert_eq!("31".parse::<AnchorDay>().unwrap().get(), 31);
        assert!("first".parse::<AnchorDay>().is_err());
    }

    #[test]
    fn an_anchor_in_a_short_month_is_its_last_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let anchor = AnchorDay::new(31).unwrap();
        for on_it in ["2026-01-31", "2026-02-28", "2028-02-29", "2026-04-30"] {
            assert!(anchor.falls_on(day(on_it)), "{on_it}");
        }
        for off_it in ["2028-02-28", "2026-01-30", "2026-03-01"] {
            assert!(!anchor.falls_on(day(off_it)), "{off_it}");
        }
    }
}
