//! The only place that asks the time. A story sets the clock by hand.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;
use domain::zone::Offsets;

/// The time, real or set by hand, and the company's time zone.
#[derive(Clone, Debug)]
pub struct Clock {
    zone: Tz,
    offsets: Arc<Offsets>,
    source: Source,
}

#[derive(Clone, Debug)]
enum Source {
    /// So many seconds from the system's clock: none for a real provider, some for a demo.
    System {
        shift: Arc<AtomicI64>,
    },
    HandSet(Arc<Mutex<DateTime<Utc>>>),
}

/// Not an IANA time zone name.
#[derive(Debug, Clone, thiserror::Error)]
#[error("`{0}` is not a time zone such as America/Mexico_City")]
pub struct UnknownTimeZone(pub String);

impl Clock {
    pub fn system(zone: &str) -> Result<Self, UnknownTimeZone> {
        Self::shifted(zone, Duration::zero())
    }

    /// The system's clock, `shift` ahead or behind: the days of a demo. Its clones shift together.
    pub fn shifted(zone: &str, shift: Duration) -> Result<Self, UnknownTimeZone> {
        let shift = Arc::new(AtomicI64::new(shift.num_seconds()));
        Ok(Self::new(parse_zone(zone)?, Source::System { shift }))
    }

    /// A clock that stands still until it is set; its clones share the hands.
    pub fn hand_set(zone: &str, now: DateTime<Utc>) -> Result<Self, UnknownTimeZone> {
        Ok(Self::new(parse_zone(zone)?, Source::HandSet(Arc::new(Mutex::new(now)))))
    }

    fn new(zone: Tz, source: Source) -> Self {
        Self { zone, offsets: Arc::new(offsets_of(zone)), source }
    }

    /// How the company's clocks differ from UTC, for screens that show moments.
    pub fn offsets(&self) -> Offsets {
        (*self.offsets).clone()
    }

    pub fn now(&self) -> DateTime<Utc> {
        match &self.source {
            #[expect(clippy::disallowed_methods, reason = "this is the clock")]
            Source::System { shift } => Utc::now() + Duration::seconds(shift.load(Ordering::Relaxed)),
            Source::HandSet(now) => *now.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// What the clocks of phones show, also where a demo lives on days of its own.
    pub fn outside(&self) -> DateTime<Utc> {
        match &self.source {
            #[expect(clippy::disallowed_methods, reason = "this is the clock")]
            Source::System { .. } => Utc::now(),
            Source::HandSet(_) => self.now(),
        }
    }

    /// The date in the company's time zone: the one that business rules mean by "today".
    pub fn today(&self) -> NaiveDate {
        self.date_of(self.now())
    }

    /// The business date of a moment.
    pub fn date_of(&self, moment: DateTime<Utc>) -> NaiveDate {
        self.local(moment).date()
    }

    /// What the clocks on the company's walls show at a moment.
    pub fn local(&self, moment: DateTime<Utc>) -> NaiveDateTime {
        moment.with_timezone(&self.zone).naive_local()
    }

    /// The first moment of a business date.
    pub fn start_of(&self, date: NaiveDate) -> DateTime<Utc> {
        self.moment(date.and_time(NaiveTime::MIN))
    }

    /// When it is a time of day on a date in the company's time zone; where clocks are set forward over it, an hour later.
    pub fn moment(&self, local: NaiveDateTime) -> DateTime<Utc> {
        let first = local.and_local_timezone(self.zone).earliest();
        let later = || (local + Duration::hours(1)).and_local_timezone(self.zone).earliest();
        first.or_else(later).map_or_else(|| local.and_utc(), |moment| moment.to_utc())
    }

    /// The time of day in the company's time zone.
    pub fn time_of_day(&self) -> NaiveTime {
        self.local(self.now()).time()
    }

    /// Makes it `to` now.
    pub fn set(&self, to: DateTime<Utc>) {
        self.advance(to - self.now());
    }

    /// Moves the clock on, by whole seconds where it is the system's.
    pub fn advance(&self, by: Duration) {
        match &self.source {
            Source::System { shift } => _ = shift.fetch_add(by.num_seconds(), Ordering::Relaxed),
            Source::HandSet(now) => *now.lock().unwrap_or_else(PoisonError::into_inner) += by,
        }
    }
}

/// The changes of a zone's clocks in the years that a screen may show; an hour is as fine as they come.
fn offsets_of(zone: Tz) -> Offsets {
    let offset = |at: DateTime<Utc>| zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc();
    let new_year =
        |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default().and_time(NaiveTime::MIN).and_utc();
    let (mut at, last) = (new_year(2018), new_year(2038));
    let mut changes = vec![(at, offset(at))];
    while at < last {
        let before = offset(at);
        let next = at + Duration::days(1);
        if offset(next) != before {
            let mut hours = (1..=24).map(|hours| at + Duration::hours(hours));
            changes.extend(hours.find(|hour| offset(*hour) != before).map(|hour| (hour, offset(hour))));
        }
        at = next;
    }
    Offsets::new(changes)
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

    #[test]
    fn screens_show_what_the_companys_clocks_show() {
        let clock = Clock::hand_set("America/Mexico_City", DateTime::UNIX_EPOCH).unwrap();
        let local = |text: &str| clock.offsets().local(text.parse().unwrap()).to_string();
        assert_eq!(local("2022-07-01T12:00:00Z"), "2022-07-01 07:00:00");
        assert_eq!(local("2026-07-01T12:00:00Z"), "2026-07-01 06:00:00");
    }
}
