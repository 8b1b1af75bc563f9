use proptest::prelude::*;

use super::*;
use crate::billing::{BillableLine, due};
use crate::calendar::{AnchorDay, BillingMode, DateRange, Every};
use crate::contract_line::Alignment;
use crate::ids::TaxId;
use crate::money::Currency;
use crate::price::{AgreedPrice, Percent};
use crate::tax::{TaxRate, TaxRates};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn facts(terms: BillingTerms) -> LineFacts {
    LineFacts {
        plan: PlanId(1),
        description: "Internet".to_owned(),
        quantity: Quantity::ONE,
        unit_price: "30".parse().unwrap(),
        discount: None,
        tax: TaxId(1),
        terms: Some(terms),
        alignment: Alignment::Chosen,
    }
}

fn monthly(mode: BillingMode) -> BillingTerms {
    BillingTerms { mode, ..BillingTerms::monthly(AnchorDay::FIRST) }
}

#[test]
fn a_request_is_approved_and_then_applied() {
    let on = day("2026-05-01");
    let approved = ChangeState::Requested.apply(ChangeEvent::Approve { on }).unwrap();
    assert_eq!(approved.apply(ChangeEvent::Apply { on }), Ok(ChangeState::Applied { on }));
    assert_eq!(approved.apply(ChangeEvent::Withdraw), Ok(ChangeState::Withdrawn));
}

#[test]
fn what_was_decided_stays_decided() {
    let on = day("2026-05-01");
    let rejected = ChangeState::Rejected { reason: "no port".to_owned() };
    for state in [ChangeState::Applied { on }, rejected, ChangeState::Withdrawn] {
        for event in [ChangeEvent::Approve { on }, ChangeEvent::Apply { on }, ChangeEvent::Withdraw] {
            assert_eq!(state.apply(event), Err(ChangeRefused { state: state.name() }));
        }
    }
    assert!(
        ChangeState::Requested.apply(ChangeEvent::Apply { on }).is_err(),
        "nothing is applied that nobody approved"
    );
}

#[test]
fn the_next_period_begins_where_the_billed_or_the_running_one_ends() {
    let start = day("2026-04-10");
    for (mode, billed, today, expected) in [
        (BillingMode::Prepaid, Some("2026-05-01"), "2026-04-20", "2026-05-01"),
        (BillingMode::Prepaid, Some("2026-05-01"), "2026-05-01", "2026-06-01"),
        (BillingMode::Postpaid, None, "2026-04-20", "2026-05-01"),
        (BillingMode::Postpaid, Some("2026-05-01"), "2026-06-30", "2026-07-01"),
    ] {
        let dates = LineDates { starts_on: Some(start), billed_through: billed.map(day), ..LineDates::default() };
        assert_eq!(next_period(&facts(monthly(mode)), &dates, day(today)), Some(day(expected)), "{mode} {today}");
    }
}

#[test]
fn a_line_that_would_be_charged_in_full_at_its_end_is_charged_by_days_when_another_follows() {
    let terms = BillingTerms { last: LastPeriod::Full, ..monthly(BillingMode::Postpaid) };
    let dates = LineDates { starts_on: Some(day("2026-04-01")), ..LineDates::default() };
    let succession = succeed(&facts(terms), &dates, facts(terms), day("2026-04-16")).unwrap();
    assert_eq!(succession.ended.0.terms.unwrap().last, LastPeriod::Prorate);
    assert_eq!(succession.next.0.terms.unwrap().last, LastPeriod::Full, "whoever leaves later is still charged so");
}

#[test]
fn a_line_that_is_over_has_no_successor() {
    let terms = monthly(BillingMode::Prepaid);
    let dates =
        LineDates { starts_on: Some(day("2026-04-01")), ends_on: Some(day("2026-04-10")), ..LineDates::default() };
    assert_eq!(succeed(&facts(terms), &dates, facts(terms), day("2026-04-10")), None);
}

/// A line as billing sees it.
fn billable((facts, dates): &(LineFacts, LineDates)) -> BillableLine {
    BillableLine {
        id: ContractLineId(1),
        description: facts.description.clone(),
        price: AgreedPrice {
            unit_price: facts.unit_price,
            quantity: facts.quantity,
            discount: None,
            tax: TaxRates::always(TaxRate::added(Percent::ZERO)),
            currency: Currency::USD,
        },
        terms: facts.terms,
        starts_on: dates.starts_on.unwrap(),
        ends_on: dates.ends_on,
        billed_through: dates.billed_through,
    }
}

/// Bills a line up to a day; answers the periods.
fn bill(line: &mut (LineFacts, LineDates), today: NaiveDate) -> Vec<DateRange> {
    let due = due(&[billable(line)], today).unwrap();
    for advance in &due.advances {
        line.1.billed_through = Some(advance.billed_through);
    }
    due.invoices.iter().flat_map(|invoice| &invoice.lines).filter_map(|line| Some(line.amount.time?.period)).collect()
}

fn terms() -> impl Strategy<Value = BillingTerms> {
    let every =
        prop::sample::select(vec!["1m", "3m", "1y", "2w", "30d"]).prop_map(|text| text.parse::<Every>().unwrap());
    let anchor = (1_i64..=31).prop_map(|day| AnchorDay::new(day).unwrap());
    let mode = prop::sample::select(BillingMode::ALL);
    let last = prop::sample::select(LastPeriod::ALL);
    (every, anchor, mode, last).prop_map(|(every, anchor, mode, last)| BillingTerms {
        every,
        anchor,
        mode,
        first: FirstPeriod::Prorate,
        last,
    })
}

proptest! {
    #[test]
    fn over_random_changes_each_day_of_service_is_billed_exactly_once(
        terms in terms(),
        // Days between one change and the next; whether it waits for the next period; days of pause before it goes on.
        changes in prop::collection::vec((0_u64..70, any::<bool>(), prop::option::of(1_u64..50)), 0..6)
    ) {
        let start = day("2027-12-31");
        let mut today = start;
        let mut served = Vec::new();
        let mut billed: Vec<DateRange> = Vec::new();
        let mut line = follow(facts(terms), start, None);
        for (days, wait, pause) in changes {
            today = today + chrono::Days::new(days);
            billed.extend(bill(&mut line, today));
            let on = if wait { next_period(&line.0, &line.1, today).unwrap() } else { today };
            billed.extend(bill(&mut line, on.pred_opt().unwrap().max(today)));
            let (ended, on) = end(&line.0, &line.1, on).unwrap();
            // What was billed beyond the end is given back.
            billed.retain(|period| period.start() < on);
            for period in &mut billed {
                *period = DateRange::new(period.start(), period.end().min(on)).unwrap();
            }
            line = ended;
            served.extend(DateRange::new(line.1.starts_on.unwrap(), on).ok());
            let back = pause.map_or(on, |days| on + chrono::Days::new(days));
            billed.extend(bill(&mut line, back));
            line = follow(facts(terms), back, None);
            today = today.max(back);
        }
        let end_on = today + chrono::Days::new(1);
        billed.extend(bill(&mut line, today));
        let (mut last, on) = end(&line.0, &line.1, end_on).unwrap();
        billed.retain(|period| period.start() < on);
        for period in &mut billed {
            *period = DateRange::new(period.start(), period.end().min(on)).unwrap();
        }
        billed.extend(bill(&mut last, on + chrono::Days::new(400)));
        served.extend(DateRange::new(last.1.starts_on.unwrap(), on).ok());
        let days = |ranges: &[DateRange]| -> Vec<NaiveDate> {
            let mut days: Vec<_> = ranges
                .iter()
                .flat_map(|range| range.start().iter_days().take(usize::try_from(range.days()).unwrap()))
                .collect();
            days.sort();
            days
        };
        prop_assert_eq!(days(&billed), days(&served));
    }
}
