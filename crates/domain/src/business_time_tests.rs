use super::*;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Monday to Friday 8 to 12 and 14 to 18, Saturday mornings; Friday 1 May 2026 is off.
fn calendar(zone: Offsets) -> BusinessCalendar {
    let day = |text: &str| text.parse::<DayHours>().unwrap();
    let weekday = "08:00-12:00, 14:00-18:00";
    let hours = [weekday, weekday, weekday, weekday, weekday, "08:00-13:00", ""].map(day);
    let labour_day = Holiday { on: "2020-05-01".parse().unwrap(), name: "Día del Trabajo".to_owned(), yearly: true };
    BusinessCalendar { hours: BusinessHours(hours), holidays: vec![labour_day], zone }
}

/// Four hours behind UTC.
fn caracas() -> Offsets {
    Offsets::new(vec![(at("2018-01-01T00:00:00Z"), -4 * 3600)])
}

/// Clocks go from 24:00 to 01:00 on 6 September 2026, and from 24:00 back to 23:00 on 4 April.
fn santiago() -> Offsets {
    Offsets::new(vec![
        (at("2025-09-07T04:00:00Z"), -3 * 3600),
        (at("2026-04-05T03:00:00Z"), -4 * 3600),
        (at("2026-09-06T04:00:00Z"), -3 * 3600),
    ])
}

#[test]
fn only_business_hours_count() {
    let calendar = calendar(caracas());
    // All in UTC: 12:00 is 8 in the morning there.
    let cases = [
        ("within a morning", "2026-04-27T12:30:00Z", 60, "2026-04-27T13:30:00Z"),
        ("to the very end of a span", "2026-04-27T12:00:00Z", 240, "2026-04-27T16:00:00Z"),
        ("over lunch", "2026-04-27T15:30:00Z", 60, "2026-04-27T18:30:00Z"),
        ("over night", "2026-04-27T21:30:00Z", 60, "2026-04-28T12:30:00Z"),
        ("asked before it opens", "2026-04-27T05:00:00Z", 60, "2026-04-27T13:00:00Z"),
        ("over Labour Day", "2026-04-30T21:00:00Z", 120, "2026-05-02T13:00:00Z"),
        ("over the weekend", "2026-05-02T16:00:00Z", 120, "2026-05-04T13:00:00Z"),
        ("asked on a Sunday", "2026-05-03T16:00:00Z", 480, "2026-05-04T22:00:00Z"),
        ("late on the local evening, already the next day in UTC", "2026-04-28T01:00:00Z", 60, "2026-04-28T13:00:00Z"),
        ("no time at all", "2026-05-03T16:00:00Z", 0, "2026-05-03T16:00:00Z"),
    ];
    for (what, from, minutes, expected) in cases {
        let added = calendar.add(at(from), Duration::minutes(minutes));
        assert_eq!(added, at(expected), "{what}");
        assert_eq!(calendar.between(at(from), at(expected)), Duration::minutes(minutes), "{what}, between");
    }
    assert_eq!(calendar.between(at("2026-04-28T12:00:00Z"), at("2026-04-27T12:00:00Z")), Duration::zero());
}

#[test]
fn a_span_in_which_clocks_are_set_is_as_long_as_it_is() {
    let all_day = "00:00-24:00".parse::<DayHours>().unwrap();
    let hours = BusinessHours(std::array::from_fn(|_| all_day.clone()));
    let calendar = BusinessCalendar { hours, holidays: Vec::new(), zone: santiago() };
    // Around the clock, business time is time, whatever the clocks show.
    for from in ["2026-04-04T20:00:00Z", "2026-09-05T20:00:00Z"] {
        assert_eq!(calendar.add(at(from), Duration::hours(24)), at(from) + Duration::hours(24), "{from}");
    }
    let night = "22:00-24:00".parse::<DayHours>().unwrap();
    let hours = BusinessHours(std::array::from_fn(|_| night.clone()));
    let calendar = BusinessCalendar { hours, holidays: Vec::new(), zone: santiago() };
    // On 4 April the hour from 23 to 24 came twice: that evening had three.
    assert_eq!(calendar.between(at("2026-04-04T20:00:00Z"), at("2026-04-05T20:00:00Z")), Duration::hours(3));
    assert_eq!(calendar.between(at("2026-04-05T20:00:00Z"), at("2026-04-06T20:00:00Z")), Duration::hours(2));
    let early = "00:00-01:00".parse::<DayHours>().unwrap();
    let hours = BusinessHours(std::array::from_fn(|_| early.clone()));
    let calendar = BusinessCalendar { hours, holidays: Vec::new(), zone: santiago() };
    // On 6 September there was no hour before one: nobody worked.
    assert_eq!(calendar.between(at("2026-09-05T20:00:00Z"), at("2026-09-06T20:00:00Z")), Duration::zero());
    assert_eq!(calendar.add(at("2026-09-05T20:00:00Z"), Duration::minutes(30)), at("2026-09-07T03:30:00Z"));
}

#[test]
fn the_same_hours_are_later_where_the_sun_is() {
    let cases = [
        (caracas(), "2026-04-27T13:00:00Z"),
        (santiago(), "2026-04-27T13:00:00Z"),
        (Offsets::default(), "2026-04-27T09:00:00Z"),
    ];
    for (zone, expected) in cases {
        assert_eq!(calendar(zone).add(at("2026-04-27T01:00:00Z"), Duration::hours(1)), at(expected));
    }
}

#[test]
fn where_nobody_ever_works_time_passes_as_it_does() {
    let calendar = BusinessCalendar { hours: BusinessHours::default(), holidays: Vec::new(), zone: caracas() };
    let from = at("2026-04-27T01:00:00Z");
    assert_eq!(calendar.add(from, Duration::hours(5)), from + Duration::hours(5));
    assert_eq!(calendar.between(from, from + Duration::hours(5)), Duration::hours(5));
}

#[test]
fn hours_are_written_as_people_write_them() {
    for (typed, shown) in
        [("8:00-12:00,14:00 - 18:00", "08:00-12:00, 14:00-18:00"), ("00:00–24:00", "00:00-24:00"), ("  ", "")]
    {
        assert_eq!(typed.parse::<DayHours>().unwrap().to_string(), shown);
    }
    for wrong in ["8-12", "12:00-08:00", "08:00-25:00", "08:00-12:60", "08:00-12:00, 11:00-13:00", "x", "08:00"] {
        assert_eq!(wrong.parse::<DayHours>(), Err(Problem::NotHours), "{wrong}");
    }
}
