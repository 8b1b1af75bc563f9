use super::*;
use crate::business_time::BusinessHours;
use crate::zone::Offsets;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Monday to Friday from 8 to 18, in UTC.
fn calendar() -> BusinessCalendar {
    let day = |text: &str| text.parse().unwrap();
    let weekday = "08:00-18:00";
    let hours = BusinessHours([weekday, weekday, weekday, weekday, weekday, "", ""].map(day));
    BusinessCalendar { hours, holidays: Vec::new(), zone: Offsets::default() }
}

fn sla(response_hours: u32, resolution_hours: u32, clock: SlaClock) -> Sla {
    Sla { priority: Priority::Normal, response_hours, resolution_hours, clock }
}

#[test]
fn the_whole_life_of_a_ticket() {
    use TicketAction::{Answer, Ask, Close, Complain, Reopen, Resolve, Take};
    use TicketState::{Closed, InProgress, New, Resolved, Waiting};
    let table = [
        (New, [Some(InProgress), Some(Waiting), Some(New), Some(Resolved), None, None, None]),
        (InProgress, [Some(InProgress), Some(Waiting), Some(InProgress), Some(Resolved), None, None, None]),
        (Waiting, [Some(InProgress), Some(Waiting), Some(InProgress), Some(Resolved), None, None, None]),
        (Resolved, [None, None, None, None, Some(InProgress), Some(InProgress), Some(Closed)]),
        (Closed, [None, None, None, None, Some(InProgress), None, None]),
    ];
    for (state, expected) in table {
        for (action, expected) in [Take, Ask, Answer, Resolve, Reopen, Complain, Close].into_iter().zip(expected) {
            let refused = TicketError::NotAllowed { state, action };
            assert_eq!(state.after(action), expected.ok_or(refused), "{state} {action}");
        }
    }
}

#[test]
fn around_the_clock_hours_are_hours() {
    let opened = at("2026-05-01T22:00:00Z");
    for (hours, due) in [
        (72, "2026-05-04T22:00:00Z"),
        (48, "2026-05-03T22:00:00Z"),
        (24, "2026-05-02T22:00:00Z"),
        (8, "2026-05-02T06:00:00Z"),
    ] {
        let deadlines = sla(1, hours, SlaClock::Always).deadlines(&calendar(), opened, &[]);
        assert_eq!(deadlines.resolution.due_at, at(due), "{hours}");
        assert_eq!(deadlines.response.due_at, at("2026-05-01T23:00:00Z"));
    }
}

#[test]
fn in_business_hours_a_friday_evening_is_monday_morning() {
    let deadlines = sla(1, 8, SlaClock::Business).deadlines(&calendar(), at("2026-05-01T17:30:00Z"), &[]);
    assert_eq!(deadlines.response.due_at, at("2026-05-04T08:30:00Z"));
    assert_eq!(deadlines.resolution.due_at, at("2026-05-04T15:30:00Z"));
    assert_eq!(deadlines.resolution.soon_at, at("2026-05-04T13:30:00Z"), "six of the eight hours are gone");
}

#[test]
fn the_clock_stands_while_we_wait_for_the_customer() {
    let opened = at("2026-05-04T08:00:00Z");
    let pause = |began: &str, ended: Option<&str>| Pause { began_at: at(began), ended_at: ended.map(at) };
    let always =
        |pauses: &[Pause]| sla(1, 8, SlaClock::Always).deadlines(&calendar(), opened, pauses).resolution.due_at;
    let business =
        |pauses: &[Pause]| sla(1, 8, SlaClock::Business).deadlines(&calendar(), opened, pauses).resolution.due_at;
    let first = pause("2026-05-04T10:00:00Z", Some("2026-05-04T13:00:00Z"));
    assert_eq!((always(&[first]), business(&[first])), (at("2026-05-04T19:00:00Z"), at("2026-05-05T09:00:00Z")));
    let second = pause("2026-05-04T15:00:00Z", Some("2026-05-06T15:00:00Z"));
    assert_eq!(always(&[first, second]), at("2026-05-06T19:00:00Z"));
    assert_eq!(business(&[first, second]), at("2026-05-07T09:00:00Z"));
    // What stopped over night, in business hours, stopped nothing.
    let night = pause("2026-05-04T18:00:00Z", Some("2026-05-05T08:00:00Z"));
    assert_eq!(business(&[first, night]), at("2026-05-05T09:00:00Z"));
    // It still stands: what is due is as it was, and does not come nearer by asking.
    assert_eq!(always(&[pause("2026-05-04T10:00:00Z", None)]), at("2026-05-04T16:00:00Z"));
    // What was over before stays over.
    assert_eq!(always(&[pause("2026-05-04T17:00:00Z", Some("2026-05-05T17:00:00Z"))]), at("2026-05-04T16:00:00Z"));
}

#[test]
fn a_breach_is_announced_when_three_quarters_are_gone() {
    let deadline = sla(1, 8, SlaClock::Always).deadlines(&calendar(), at("2026-05-04T08:00:00Z"), &[]).resolution;
    for (now, standing) in [
        ("2026-05-04T13:59:59Z", Standing::OnTime),
        ("2026-05-04T14:00:00Z", Standing::Soon),
        ("2026-05-04T15:59:59Z", Standing::Soon),
        ("2026-05-04T16:00:00Z", Standing::Breached),
    ] {
        assert_eq!(deadline.standing(at(now)), standing, "{now}");
    }
}
