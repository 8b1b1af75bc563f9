//! The only place that asks the time. A story sets the clock by hand.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use chrono_tz::Tz;

/// The time, real or set by hand, and the company's time zone.
#[derive(Clone, Debug)]
pub struct Clock {
    zone: Tz,
    source: Source,
}

#[derive(Clone, Debug)]
enum Source {
    System,
    HandSet(Arc<Mutex<DateTime<Utc>>>),
}

/// Not an IANA time zone name.
#[derive(Debug, Clone, thiserror::Error)]
#[error("`{0}` is not a time zone such as America/Mexico_City")]
pub struct UnknownTimeZone(pub String);

impl Clock {
    pub fn system(zone: &str) -> Result<Self, UnknownTimeZone> {
        Ok(Self { zone: parse_zone(zone)?, source: Source::System })
    }

    /// A clock that stands still until it is set; its clones share the hands.
    pub fn hand_set(zone: &str, now: DateTime<Utc>) -> Result<Self, UnknownTimeZone> {
        Ok(Self { zone: parse_zone(zone)?, source: Source::HandSet(Arc::new(Mutex::new(now))) })
    }

    pub fn now(&self) -> DateTime<Utc> {
        match &self.source {
            #[expect(clippy::disallowed_methods, reason = "this is the clock")]
            Source::System => Utc::now(),
            Source::HandSet(now) => *now.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// The date in the company's time zone: the one that business rules mean by "today".
    pub fn today(&self) -> NaiveDate {
        self.date_of(self.now())
    }

    /// The business date of a moment.
    pub fn date_of(&self, moment: DateTime<Utc>) -> NaiveDate {
        moment.with_timezone(&self.zone).date_naive()
    }

    /// Sets a hand-set clock; the system's clock cannot be set, and is left alone.
    pub fn set(&self, to: DateTime<Utc>) {
        if let Source::HandSet(now) = &self.source {
            *now.lock().unwrap_or_else(PoisonError::into_inner) = to;
        }
    }

    /// Moves a hand-set clock on.
    pub fn advance(&self, by: Duration) {
        self.set(self.now() + by);
    }
}

fn parse_zone(name: &str) -> Result<Tz, UnknownTimeZone> {
    name.parse().map_err(|_| UnknownTimeZone(name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_business_date_is_the_company_s_and_not_that_of_utc() {
        let late_evening_in_mexico = DateTime::parse_from_rfc3339("2026-03-01T04:30:00Z").unwrap().to_utc();
        let clock = Clock::hand_set("America/Mexico_City", late_evening_in_mexico).unwrap();
        assert_eq!(clock.today(), NaiveDate::from_ymd_opt(2026, 2, 28).unwrap());
    }
}
