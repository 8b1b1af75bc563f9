//! When a night asks before it cuts: a wrong clock, a broken payment feed or an import must not cut a town off.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

/// The provider's own limits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interlock {
    /// Of all active contracts, so many percent may be cut in a night.
    pub cap_percent: Decimal,
    /// So many may always be cut: five percent of forty would stop a small provider every night.
    pub cap_floor: u32,
    /// After so many days without a payment, where payments used to come in, the feed counts as broken.
    pub silent_days: Option<u16>,
}

/// Why a night cut nobody and waits for somebody's word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Stop {
    /// More would be cut than the cap allows.
    OverTheCap { cuts: i64, most: i64, active: i64 },
    /// Payments used to come in, and none has since.
    SilentFeed { since: NaiveDate },
}

impl Interlock {
    /// How many of `active` contracts a night may cut without asking.
    pub fn most(&self, active: i64) -> i64 {
        let share = (Decimal::from(active) * self.cap_percent / Decimal::ONE_HUNDRED).floor();
        share.to_i64().unwrap_or(i64::MAX).max(self.cap_floor.into())
    }

    /// Everything that speaks against cutting so many tonight; nothing when nobody would be cut.
    pub fn stops(&self, cuts: i64, active: i64, today: NaiveDate, paid_on: &[NaiveDate]) -> Vec<Stop> {
        if cuts == 0 {
            return Vec::new();
        }
        let most = self.most(active);
        let over = (cuts > most).then_some(Stop::OverTheCap { cuts, most, active });
        let silent = self.silent_since(today, paid_on);
        over.into_iter().chain(silent.map(|since| Stop::SilentFeed { since })).collect()
    }

    /// The day of the last payment, when the feed of payments counts as broken.
    pub fn silent_since(&self, today: NaiveDate, paid_on: &[NaiveDate]) -> Option<NaiveDate> {
        self.silent_days.and_then(|days| silent_since(days, today, paid_on))
    }

    /// How far back payments are looked at on a date, from the last one.
    pub fn looks_back(&self) -> Days {
        Days::new(u64::from(self.silent_days.unwrap_or_default()) * WINDOWS)
    }
}

/// Payments must have come in during each of so many spans before the silence: who is paid once a month has no feed.
const WINDOWS: u64 = 4;

/// The day of the last payment, when none has come in for `days` although some came in during each of the spans of that
/// length before. `paid_on` are days with a payment, in any order. The longer the silence, the truer: it does not wear off.
fn silent_since(days: u16, today: NaiveDate, paid_on: &[NaiveDate]) -> Option<NaiveDate> {
    let last = paid_on.iter().filter(|day| **day <= today).max().copied()?;
    let span = i64::from(days);
    let ago = |day: &NaiveDate| (last - *day).num_days();
    let steady = (0..WINDOWS.cast_signed())
        .all(|window| paid_on.iter().any(|day| (window * span..(window + 1) * span).contains(&ago(day))));
    ((today - last).num_days() >= span && steady).then_some(last)
}

/// On which days a policy cuts, beside Monday to Thursday.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CutDays {
    pub fridays: bool,
    pub weekends: bool,
    pub holidays: bool,
}

/// Why nobody is cut on a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "day", rename_all = "snake_case")]
pub enum ForbiddenDay {
    Friday,
    Weekend,
    Holiday { name: String },
}

/// The dates of a cut: the business date, and the day on which a missed night is made up. Neither may be forbidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutDates {
    dates: [NaiveDate; 2],
    holidays: BTreeMap<NaiveDate, String>,
    /// None: the hour does not matter yet, as while a night decides whom it cuts.
    time: Option<NaiveTime>,
}

/// A day off, that year or every year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    pub on: NaiveDate,
    pub name: String,
    pub yearly: bool,
}

impl Holiday {
    pub fn falls_on(&self, date: NaiveDate) -> bool {
        self.on == date || (self.yearly && (self.on.month(), self.on.day()) == (date.month(), date.day()))
    }
}

impl CutDates {
    pub fn new(business: NaiveDate, actual: NaiveDate, holidays: &[Holiday]) -> Self {
        let dates = [business, actual];
        let falling = |date: NaiveDate| {
            let holiday = holidays.iter().find(|holiday| holiday.falls_on(date))?;
            Some((date, holiday.name.clone()))
        };
        Self { dates, holidays: dates.into_iter().filter_map(falling).collect(), time: None }
    }

    /// The same for a cut that is made now: the hour has to be an allowed one too.
    #[must_use]
    pub fn at(self, time: NaiveTime) -> Self {
        Self { time: Some(time), ..self }
    }

    pub fn time(&self) -> Option<NaiveTime> {
        self.time
    }

    pub fn business(&self) -> NaiveDate {
        self.dates[0]
    }
}

impl CutDays {
    /// What forbids a cut on these dates, if anything does.
    pub fn forbid(self, on: &CutDates) -> Option<ForbiddenDay> {
        on.dates.iter().find_map(|date| {
            let holiday = on.holidays.get(date).filter(|_| !self.holidays);
            match date.weekday() {
                _ if holiday.is_some() => holiday.cloned().map(|name| ForbiddenDay::Holiday { name }),
                Weekday::Fri if !self.fridays => Some(ForbiddenDay::Friday),
                Weekday::Sat | Weekday::Sun if !self.weekends => Some(ForbiddenDay::Weekend),
                _ => None,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::slice;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn interlock() -> Interlock {
        Interlock { cap_percent: 5.into(), cap_floor: 10, silent_days: Some(4) }
    }

    /// Each day from the first to the last.
    fn days(first: &str, last: &str) -> Vec<NaiveDate> {
        day(first).iter_days().take_while(|date| *date <= day(last)).collect()
    }

    #[test]
    fn a_night_may_cut_a_share_of_the_contracts_and_a_small_provider_some() {
        for (active, most) in [(0, 10), (40, 10), (200, 10), (220, 11), (10_000, 500)] {
            assert_eq!(interlock().most(active), most, "{active}");
        }
    }

    #[test]
    fn one_cut_more_than_the_cap_stops_and_the_cap_itself_does_not() {
        let today = day("2026-05-04");
        assert_eq!(interlock().stops(500, 10_000, today, &[]), []);
        let over = Stop::OverTheCap { cuts: 501, most: 500, active: 10_000 };
        assert_eq!(interlock().stops(501, 10_000, today, &[]), [over]);
    }

    #[test]
    fn a_feed_that_fell_silent_stops_the_cuts_until_it_speaks_again() {
        let paid = days("2026-04-10", "2026-05-01");
        let stops = |today: &str, paid: &[NaiveDate]| interlock().stops(1, 100, day(today), paid);
        assert_eq!(stops("2026-05-04", &paid), []);
        let silent = Stop::SilentFeed { since: day("2026-05-01") };
        for today in ["2026-05-05", "2026-05-20", "2026-09-01"] {
            assert_eq!(stops(today, &paid), slice::from_ref(&silent), "{today}");
        }
        assert_eq!(stops("2026-05-20", &[paid, vec![day("2026-05-19")]].concat()), []);
    }

    #[test]
    fn where_payments_are_rare_silence_means_nothing() {
        let monthly = ["2026-02-20", "2026-03-20", "2026-04-20"].map(day);
        assert_eq!(interlock().stops(1, 100, day("2026-05-19"), &monthly), []);
        assert_eq!(interlock().stops(1, 100, day("2026-05-19"), &[]), []);
    }

    #[test]
    fn nobody_is_cut_on_a_friday_a_weekend_or_a_holiday_unless_the_policy_says_so() {
        let holidays = [
            Holiday { on: day("2020-12-25"), name: "Navidad".to_owned(), yearly: true },
            Holiday { on: day("2026-11-16"), name: "Revolución".to_owned(), yearly: false },
        ];
        let forbid = |days: CutDays, date: &str| days.forbid(&CutDates::new(day(date), day(date), &holidays));
        let never = CutDays::default();
        let christmas = ForbiddenDay::Holiday { name: "Navidad".to_owned() };
        for (date, expected) in [
            ("2026-11-12", None),
            ("2026-11-13", Some(ForbiddenDay::Friday)),
            ("2026-11-14", Some(ForbiddenDay::Weekend)),
            ("2026-11-15", Some(ForbiddenDay::Weekend)),
            ("2026-11-16", Some(ForbiddenDay::Holiday { name: "Revolución".to_owned() })),
            ("2027-11-16", None),
            ("2028-12-25", Some(christmas.clone())),
        ] {
            assert_eq!(forbid(never, date), expected, "{date}");
        }
        let always = CutDays { fridays: true, weekends: true, holidays: true };
        assert_eq!(forbid(always, "2026-12-25"), None);
        assert_eq!(forbid(CutDays { holidays: false, ..always }, "2026-12-25"), Some(christmas));
    }

    #[test]
    fn a_missed_night_is_not_made_up_on_a_forbidden_day_nor_on_behalf_of_one() {
        let forbid =
            |business: &str, actual: &str| CutDays::default().forbid(&CutDates::new(day(business), day(actual), &[]));
        assert_eq!(forbid("2026-11-12", "2026-11-14"), Some(ForbiddenDay::Weekend), "Thursday's, on Saturday");
        assert_eq!(forbid("2026-11-13", "2026-11-16"), Some(ForbiddenDay::Friday), "Friday's, on Monday");
        assert_eq!(forbid("2026-11-12", "2026-11-16"), None, "Thursday's, on Monday");
    }
}
