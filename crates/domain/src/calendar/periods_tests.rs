use proptest::prelude::*;

use super::*;
use crate::calendar::{Every, Unit};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// `1m 31 prepaid prorate` and, when it matters, how the last period is charged.
fn terms(text: &str) -> BillingTerms {
    let words: Vec<&str> = text.split(' ').collect();
    BillingTerms {
        every: words[0].parse().unwrap(),
        anchor: words[1].parse().unwrap(),
        mode: words[2].parse().unwrap(),
        first: words[3].parse().unwrap(),
        last: words.get(4).map_or(LastPeriod::Prorate, |word| word.parse().unwrap()),
    }
}

/// The first `count` periods, each as `start end charged/of invoice_on`, years left out where they are 2026.
fn list(of: &str, start: &str, until: Option<&str>, count: usize) -> Vec<String> {
    let period = |period: BillingPeriod| {
        let BillingPeriod { range, charged_days, of, invoice_on } = period;
        format!("{} {} {charged_days}/{of} {invoice_on}", range.start(), range.end()).replace("2026-", "")
    };
    terms(of).periods(day(start), until.map(day)).take(count).map(period).collect()
}

#[test]
fn an_anchor_on_the_31st_does_not_drift() {
    assert_eq!(
        list("1m 31 prepaid prorate", "2026-01-31", None, 5),
        [
            "01-31 02-28 28/28 01-31",
            "02-28 03-31 31/31 02-28",
            "03-31 04-30 30/30 03-31",
            "04-30 05-31 31/31 04-30",
            "05-31 06-30 30/30 05-31",
        ]
    );
}

#[test]
fn postpaid_is_invoiced_when_the_period_has_ended() {
    assert_eq!(
        list("1m 1 postpaid prorate", "2026-01-20", Some("2026-03-11"), 9),
        ["01-20 02-01 12/31 02-01", "02-01 03-01 28/28 03-01", "03-01 03-11 10/31 03-11"]
    );
}

#[test]
fn a_start_before_the_anchor_day_has_a_part_period_in_its_own_month() {
    assert_eq!(
        list("1m 15 prepaid prorate", "2026-03-10", None, 2),
        ["03-10 03-15 5/28 03-10", "03-15 04-15 31/31 03-15"]
    );
}

#[test]
fn the_part_period_is_charged_by_days_in_full_or_not_at_all() {
    for (first, charged) in [("prorate", "12/31"), ("full", "31/31"), ("free", "0/31")] {
        let expected = [format!("01-20 02-01 {charged} 01-20"), "02-01 03-01 28/28 02-01".to_owned()];
        assert_eq!(list(&format!("1m 1 prepaid {first}"), "2026-01-20", None, 2), expected);
    }
}

#[test]
fn in_a_leap_year_the_28th_of_february_is_not_the_last() {
    assert_eq!(
        list("1m 31 prepaid prorate", "2028-02-28", None, 2),
        ["2028-02-28 2028-02-29 1/29 2028-02-28", "2028-02-29 2028-03-31 31/31 2028-02-29"]
    );
    assert_eq!(
        list("1y 29 prepaid prorate", "2028-02-29", None, 5)[3..],
        ["2031-02-28 2032-02-29 366/366 2031-02-28", "2032-02-29 2033-02-28 365/365 2032-02-29"]
    );
}

#[test]
fn a_part_of_several_months_is_measured_against_all_of_them() {
    assert_eq!(
        list("3m 31 prepaid prorate", "2026-05-10", None, 3),
        ["05-10 05-31 21/92 05-10", "05-31 08-31 92/92 05-31", "08-31 11-30 91/91 08-31"]
    );
    assert_eq!(
        list("1y 1 prepaid prorate", "2026-03-15", None, 2),
        ["03-15 04-01 17/365 03-15", "04-01 2027-04-01 365/365 04-01"]
    );
}

#[test]
fn days_and_weeks_run_from_the_start() {
    assert_eq!(
        list("2w 31 prepaid free", "2026-02-20", Some("2026-03-10"), 9),
        ["02-20 03-06 14/14 02-20", "03-06 03-10 4/14 03-06"]
    );
    assert_eq!(list("30d 1 postpaid full", "2026-02-20", None, 1), ["02-20 03-22 30/30 03-22"]);
}

#[test]
fn who_leaves_in_the_middle_pays_the_days_served() {
    let until = Some("2026-01-25");
    assert_eq!(list("1m 1 prepaid prorate", "2026-01-20", until, 9), ["01-20 01-25 5/31 01-20"]);
    assert_eq!(list("1m 1 prepaid full", "2026-01-20", until, 9), ["01-20 01-25 5/31 01-20"]);
    assert_eq!(list("1m 1 prepaid free", "2026-01-20", until, 9), ["01-20 01-25 0/31 01-20"]);
}

#[test]
fn nothing_is_given_back_for_the_end_when_that_was_agreed() {
    assert_eq!(
        list("1m 30 prepaid prorate full", "2026-10-30", Some("2026-12-02"), 9),
        ["10-30 11-30 31/31 10-30", "11-30 12-02 30/30 11-30"]
    );
    assert_eq!(list("1m 1 prepaid full full", "2026-01-20", Some("2026-01-25"), 9), ["01-20 01-25 31/31 01-20"]);
    assert_eq!(list("1m 1 prepaid prorate full", "2026-01-20", Some("2026-01-25"), 9), ["01-20 01-25 5/31 01-20"]);
}

#[test]
fn an_end_on_the_edge_of_a_period_cuts_nothing() {
    assert_eq!(list("1m 1 prepaid full", "2026-01-20", Some("2026-02-01"), 9), ["01-20 02-01 31/31 01-20"]);
}

#[test]
fn nothing_is_billed_for_service_that_ended_before_it_started() {
    for until in ["2026-01-20", "2026-01-19"] {
        assert!(list("1m 1 prepaid full", "2026-01-20", Some(until), 9).is_empty());
    }
}

#[test]
fn a_changed_billing_day_is_reached_by_days_even_where_the_first_period_was_free() {
    let terms = terms("1m 15 prepaid free");
    let period = terms.period_from(day("2026-01-01"), day("2026-03-01"), None).unwrap();
    assert_eq!((period.range.end(), period.charged_days, period.of), (day("2026-03-15"), 14, 28));
}

#[test]
fn a_line_that_begins_later_is_billed_from_its_start() {
    let period = terms("1m 1 prepaid free").period_from(day("2026-03-10"), day("2026-03-01"), None).unwrap();
    assert_eq!((period.range.start(), period.charged_days), (day("2026-03-10"), 0));
}

#[test]
fn the_calendar_ends_without_a_period_that_cannot_be_written() {
    assert_eq!(list("1m 1 prepaid prorate", "9999-10-15", None, 9).len(), 2);
    assert_eq!(list("999y 1 prepaid prorate", "9998-10-01", None, 9).len(), 0);
    assert_eq!(list("999y 2 prepaid prorate", "0001-01-01", None, 1).len(), 1);
}

fn any_terms() -> impl Strategy<Value = BillingTerms> {
    let one_of = |words: &'static [Unit]| proptest::sample::select(words);
    (
        (1_u16..40, one_of(Unit::ALL)),
        1_i64..=31,
        proptest::sample::select(BillingMode::ALL),
        proptest::sample::select(FirstPeriod::ALL),
        proptest::sample::select(LastPeriod::ALL),
    )
        .prop_map(|((count, unit), anchor, mode, first, last)| BillingTerms {
            every: Every::new(count, unit).unwrap(),
            anchor: AnchorDay::new(anchor).unwrap(),
            mode,
            first,
            last,
        })
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..60_000).prop_map(|days| day("1970-01-01") + Days::new(days))
}

proptest! {
    #[test]
    fn billed_days_are_the_days_served_without_gap_or_overlap(terms in any_terms(), start in any_day(), served in 1_u64..3_000) {
        let until = start + Days::new(served);
        let periods: Vec<_> = terms.periods(start, Some(until)).collect();
        prop_assert_eq!(periods[0].range.start(), start);
        prop_assert_eq!(periods[periods.len() - 1].range.end(), until);
        prop_assert!(periods.windows(2).all(|pair| pair[0].range.end() == pair[1].range.start()));
        prop_assert_eq!(periods.iter().map(BillingPeriod::days).sum::<i32>(), i32::try_from(served).unwrap());
        for period in &periods {
            prop_assert!(period.days() <= period.of && (0..=period.of).contains(&period.charged_days));
            prop_assert!(period.charged_days == period.days() || terms.first != FirstPeriod::Prorate || terms.last == LastPeriod::Full);
        }
    }

    #[test]
    fn the_anchor_never_drifts(terms in any_terms(), start in any_day()) {
        prop_assume!(terms.every.is_anchored());
        let inner = terms.periods(start, None).skip(1).take(20);
        for period in inner {
            prop_assert!(terms.anchor.falls_on(period.range.start()), "{}", period.range.start());
            prop_assert_eq!(period.days(), period.of);
        }
    }

    #[test]
    fn billing_night_by_night_gives_the_same_periods_as_all_at_once(terms in any_terms(), start in any_day(), served in 1_u64..2_000) {
        let until = Some(start + Days::new(served));
        let mut billed_through = start;
        for expected in terms.periods(start, until) {
            let period = terms.period_from(start, billed_through, until).unwrap();
            prop_assert_eq!(period, expected);
            billed_through = period.range.end();
        }
        prop_assert_eq!(terms.period_from(start, billed_through, until), None);
    }

    #[test]
    fn an_end_changes_no_period_before_its_own(terms in any_terms(), start in any_day(), served in 1_u64..2_000) {
        let until = start + Days::new(served);
        let open: Vec<_> = terms.periods(start, None).take_while(|period| period.range.end() <= until).collect();
        let ended: Vec<_> = terms.periods(start, Some(until)).take(open.len()).collect();
        prop_assert_eq!(open, ended);
    }
}
