use proptest::prelude::*;

use super::*;
use crate::calendar::{AnchorDay, BillingMode, FirstPeriod, LastPeriod};
use crate::discount::{Discount, Lasting, Reduction};
use crate::money::Currency;
use crate::price::Quantity;
use crate::tax::{RateChange, TaxRate, TaxRates};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn line(id: i64, price: &str, starts_on: &str) -> BillableLine {
    BillableLine {
        id: ContractLineId(id),
        description: "Internet".to_owned(),
        price: AgreedPrice {
            unit_price: price.parse().unwrap(),
            quantity: Quantity::ONE,
            currency: Currency::USD,
            discount: None,
            tax: TaxRates::always(TaxRate::added("16".parse().unwrap())),
        },
        terms: Some(BillingTerms::monthly(AnchorDay::FIRST)),
        starts_on: day(starts_on),
        ends_on: None,
        billed_through: None,
    }
}

fn totals(due: &Due) -> Vec<(NaiveDate, String)> {
    let lines =
        due.invoices.iter().flat_map(|invoice| invoice.lines.iter().map(move |line| (invoice.invoice_on, line)));
    lines.map(|(on, line)| (on, line.amount.total.to_string())).collect()
}

#[test]
fn the_first_part_month_is_charged_by_its_days() {
    let due = due(&[line(1, "30.00", "2026-04-21")], day("2026-04-21")).unwrap();
    assert_eq!(totals(&due), [(day("2026-04-21"), "11.60".to_owned())]);
    assert_eq!(
        due.advances,
        [Advance {
            line: ContractLineId(1),
            billed_through: day("2026-05-01"),
            next_invoice_on: Some(day("2026-05-01"))
        }]
    );
}

#[test]
fn lines_due_on_one_date_share_an_invoice_and_missed_dates_have_their_own() {
    let lines = [line(1, "30.00", "2026-04-01"), line(2, "5.00", "2026-04-01")];
    let due = due(&lines, day("2026-05-20")).unwrap();
    let counts: Vec<_> = due.invoices.iter().map(|invoice| (invoice.invoice_on, invoice.lines.len())).collect();
    assert_eq!(counts, [(day("2026-04-01"), 2), (day("2026-05-01"), 2)]);
}

#[test]
fn what_was_billed_is_not_due_again() {
    let billed = BillableLine { billed_through: Some(day("2026-05-01")), ..line(1, "30.00", "2026-04-01") };
    assert_eq!(due(&[billed], day("2026-04-30")).unwrap(), Due::default());
}

#[test]
fn a_line_charged_once_is_due_when_it_starts_and_never_again() {
    let once = BillableLine { terms: None, ..line(1, "25.00", "2026-04-10") };
    let first = due(std::slice::from_ref(&once), day("2026-04-10")).unwrap();
    assert_eq!(totals(&first), [(day("2026-04-10"), "29.00".to_owned())]);
    assert_eq!(first.advances[0].next_invoice_on, None);
    let billed = BillableLine { billed_through: Some(first.advances[0].billed_through), ..once };
    assert_eq!(billed.next_invoice_on(), None);
}

#[test]
fn an_ended_line_is_billed_to_its_end_and_no_further() {
    let ended = BillableLine { ends_on: Some(day("2026-04-16")), ..line(1, "30.00", "2026-04-01") };
    let due = due(&[ended], day("2026-12-01")).unwrap();
    assert_eq!(totals(&due), [(day("2026-04-01"), "17.40".to_owned())]);
    assert_eq!(due.advances[0].next_invoice_on, None);
}

fn discounted(line: BillableLine, reduction: Reduction, lasting: Lasting) -> BillableLine {
    let discount = Discount { reduction, lasting, reason: "Welcome".to_owned() };
    let discount = discount.started(line.terms.as_ref(), line.starts_on);
    BillableLine { price: AgreedPrice { discount: Some(discount), ..line.price }, ..line }
}

#[test]
fn a_discount_for_three_periods_is_over_after_them() {
    let off = Reduction::Percent("50".parse().unwrap());
    let line = discounted(line(1, "30.00", "2026-03-21"), off, Lasting::Periods(3));
    let due = due(&[line], day("2026-07-01")).unwrap();
    let of: Vec<_> = totals(&due).into_iter().map(|(_, total)| total).collect();
    // Eleven days of March on top: 30.00 / 2 x 11 / 31 = 5.32, with 16 % tax 6.17.
    assert_eq!(of, ["6.17", "17.40", "17.40", "17.40", "34.80"]);
    let reasons: Vec<_> = due.invoices.iter().map(|invoice| invoice.lines[0].discount_reason.as_str()).collect();
    assert_eq!(reasons, ["Welcome", "Welcome", "Welcome", "Welcome", ""]);
}

#[test]
fn a_missed_night_costs_nobody_a_discount() {
    let off = Reduction::Amount("5".parse().unwrap());
    let late = discounted(line(1, "30.00", "2026-03-01"), off, Lasting::Periods(2));
    let all_at_once = due(std::slice::from_ref(&late), day("2026-05-20")).unwrap();
    let mut night_by_night = Vec::new();
    let mut line = late;
    for night in ["2026-03-01", "2026-04-01", "2026-05-01"] {
        let due = due(std::slice::from_ref(&line), day(night)).unwrap();
        line.billed_through = Some(due.advances[0].billed_through);
        night_by_night.extend(totals(&due));
    }
    assert_eq!(totals(&all_at_once), night_by_night);
}

#[test]
fn a_courtesy_is_billed_for_nothing_with_its_price_and_reason() {
    let school = discounted(line(1, "30.00", "2026-04-01"), Reduction::Courtesy, Lasting::Always);
    let due = due(&[school], day("2026-04-01")).unwrap();
    assert_eq!(totals(&due), [(day("2026-04-01"), "0.00".to_owned())]);
    let line = &due.invoices[0].lines[0];
    assert_eq!((line.amount.price.unit_price.to_string(), line.discount_reason.as_str()), ("30".into(), "Welcome"));
}

#[test]
fn an_invoice_has_the_rate_of_the_day_it_is_issued() {
    let change = RateChange { from: day("2026-05-01"), percent: "20".parse().unwrap() };
    let mut line = BillableLine { billed_through: Some(day("2026-04-01")), ..line(1, "30.00", "2026-03-01") };
    line.price.tax.changes.push(change);
    let total = |today| totals(&due(std::slice::from_ref(&line), day(today)).unwrap()).remove(0).1;
    assert_eq!(total("2026-04-01"), "34.80");
    assert_eq!(total("2026-05-01"), "36.00", "also what should have been billed before the change");
}

proptest! {
    /// Nothing is charged twice and nothing is left out, whatever is agreed and whenever somebody looks.
    #[test]
    fn charged_days_are_served_days(
        every in prop::sample::select(vec!["1m", "2m", "3m", "1y", "1w", "2w", "30d", "1d"]),
        anchor in 1_i64..=31,
        postpaid in any::<bool>(),
        offset in 0_u64..1_500,
        served in 1_u64..800,
        periods in 1_u16..=12,
        nights in prop::collection::vec(1_u64..90, 1..12),
    ) {
        let mode = if postpaid { BillingMode::Postpaid } else { BillingMode::Prepaid };
        let anchor = AnchorDay::new(anchor).unwrap();
        let terms = BillingTerms {
            every: every.parse().unwrap(),
            anchor,
            mode,
            first: FirstPeriod::Prorate,
            last: LastPeriod::Prorate,
        };
        let starts_on = day("2027-01-01") + chrono::Days::new(offset);
        let ends_on = starts_on + chrono::Days::new(served);
        let agreed = BillableLine { terms: Some(terms), starts_on, ends_on: Some(ends_on), ..line(1, "30.00", "2027-01-01") };
        let mut line = discounted(agreed, Reduction::Percent("50".parse().unwrap()), Lasting::Periods(periods));

        let mut charged = Vec::new();
        let mut tonight = starts_on;
        for pause in nights.into_iter().chain([1_000]) {
            tonight = tonight + chrono::Days::new(pause);
            let due = due(std::slice::from_ref(&line), tonight).unwrap();
            if let Some(advance) = due.advances.first() {
                line.billed_through = Some(advance.billed_through);
            }
            charged.extend(due.invoices.into_iter().flat_map(|invoice| invoice.lines));
        }
        let times: Vec<_> = charged.iter().filter_map(|line| line.amount.time).collect();
        prop_assert_eq!(times.iter().map(|time| time.days).sum::<i32>(), i32::try_from(served).unwrap());
        prop_assert!(times.is_sorted_by(|one, next| one.period.end() == next.period.start()));
        prop_assert_eq!(line.next_invoice_on(), None);
        // The discount is a head of the periods, and never comes back.
        prop_assert!(charged.is_sorted_by_key(|line| line.amount.price.discount.is_none()));
    }
}
