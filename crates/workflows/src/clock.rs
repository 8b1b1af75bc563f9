//! The only place that asks the time. A story sets the clock by hand.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
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

    /// The first moment of a business date.
    pub fn start_of(&self, date: NaiveDate) -> DateTime<Utc> {
        let midnight = date.and_time(NaiveTime::MIN);
        // Where clocks are set forward at midnight, the date begins an hour later.
        let first = midnight.and_local_timezone(self.zone).earliest();
        let local = first.or_else(|| (midnight + Duration::hours(1)).and_local_timezone(self.zone).earliest());
        local.map_or_else(|| midnight.and_utc(), |moment| moment.to_utc())
    }

    /// The time of day in the company's time zone.
    pub fn time_of_day(&self) -> NaiveTime {
        self.now().with_timezone(&self.zone).time()
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

    #[test]
    fn a_date_begins_at_its_first_moment_even_where_midnight_is_skipped() {
        let start = |zone: &str, date: &str| {
            let clock = Clock::hand_set(zone, DateTime::UNIX_EPOCH).unwrap();
            clock.start_of(date.parse().unwrap()).to_rfc3339()
        };
        assert_eq!(start("America/Mexico_City", "2026-03-01"), "2026-03-01T06:00:00+00:00");
        // In Santiago the clocks went from 24:00 to 01:00 that night.
        assert_eq!(start("America/Santiago", "2024-09-08"), "2024-09-08T04:00:00+00:00");
    }
}
