use proptest::prelude::*;

use super::*;
use crate::calendar::BillingPeriod;
use crate::discount::Reduction;
use crate::money::Currency;
use crate::price::{LineAmount, LinePrice, Quantity, UnitPrice};
use crate::tax::TaxRate;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn range(start: &str, end: &str) -> DateRange {
    DateRange::new(day(start), day(end)).unwrap()
}

fn usd(text: &str) -> Money {
    Money::exact(text.parse().unwrap(), Currency::USD).unwrap()
}

fn charged(price: &str, period: DateRange, days: i32, of: i32) -> LineAmount {
    let price = LinePrice {
        unit_price: price.parse().unwrap(),
        quantity: Quantity::ONE,
        discount: Reduction::NONE,
        tax_rate: TaxRate::added("16".parse().unwrap()),
        currency: Currency::USD,
    };
    price.for_period(&BillingPeriod { range: period, charged_days: days, of, invoice_on: period.start() }).unwrap()
}

fn invoiced(id: i64, amount: &LineAmount) -> InvoicedLine {
    let amounts = Amounts { untaxed: amount.untaxed, tax: amount.tax };
    InvoicedLine {
        id: InvoiceLineId(id),
        contract_line: None,
        description: "Internet".to_owned(),
        time: amount.time,
        invoiced: amounts,
        left: amounts,
        days_left: amount.time.iter().map(|time| time.period).collect(),
    }
}

/// April at 30.00 and 16 % tax: 34.80.
fn april() -> InvoicedLine {
    invoiced(1, &charged("30", range("2026-04-01", "2026-05-01"), 30, 30))
}

fn installation() -> InvoicedLine {
    let amount = LineAmount { time: None, ..charged("25", range("2026-04-01", "2026-05-01"), 30, 30) };
    invoiced(2, &amount)
}

/// The line after a credit note was written.
fn after(line: &InvoicedLine, credited: &[CreditLine]) -> InvoicedLine {
    let mut line = line.clone();
    for credited in credited.iter().filter(|credited| credited.corrects == line.id) {
        line.left = line.left.less(&credited.amounts).unwrap();
        let Some(time) = credited.time else { continue };
        line.days_left = line.days_left.iter().flat_map(|left| without(*left, time.period)).collect();
    }
    line
}

fn without(range: DateRange, part: DateRange) -> Vec<DateRange> {
    let before = DateRange::new(range.start(), range.end().min(part.start()));
    let behind = DateRange::new(range.start().max(part.end()), range.end());
    if range.overlaps(&part) { before.into_iter().chain(behind).collect() } else { vec![range] }
}

fn totals(lines: &[CreditLine]) -> Vec<String> {
    lines.iter().map(|line| line.amounts.total().unwrap().to_string()).collect()
}

#[test]
fn a_full_credit_mirrors_every_line_to_the_cent() {
    let lines = [april(), installation()];
    let taken = credit(&lines, &CreditWish::Everything).unwrap();
    for (line, taken) in lines.iter().zip(&taken) {
        assert_eq!((taken.corrects, taken.time, taken.amounts), (line.id, line.time, line.invoiced));
    }
    assert_eq!(totals(&taken), ["34.80", "29.00"]);
}

#[test]
fn unused_days_come_back_at_the_price_of_a_day() {
    let taken = credit(&[april(), installation()], &CreditWish::DaysFrom(day("2026-04-21"))).unwrap();
    assert_eq!(totals(&taken), ["11.60"], "10 of 30 days, and nothing of what was charged once");
    let time = taken[0].time.unwrap();
    assert_eq!((time.period, time.days, time.of), (range("2026-04-21", "2026-05-01"), 10, 30));
}

#[test]
fn days_of_a_part_month_keep_the_price_of_the_whole_one() {
    // 21 to 30 April, 10 of 30 days: 11.60.
    let part_month = invoiced(1, &charged("30", range("2026-04-21", "2026-05-01"), 10, 30));
    let taken = credit(&[part_month], &CreditWish::DaysFrom(day("2026-04-26"))).unwrap();
    assert_eq!((totals(&taken), taken[0].time.unwrap().days), (vec!["5.80".to_owned()], 5));
}

#[test]
fn days_that_cost_nothing_bring_nothing_back() {
    let free = invoiced(1, &charged("30", range("2026-04-21", "2026-05-01"), 0, 30));
    assert_eq!(credit(&[free], &CreditWish::DaysFrom(day("2026-04-22"))), Err(CreditError::Nothing));
}

#[test]
fn a_day_comes_back_once() {
    let half = credit(&[april()], &CreditWish::DaysFrom(day("2026-04-16"))).unwrap();
    let left = after(&april(), &half);
    assert_eq!(
        credit(std::slice::from_ref(&left), &CreditWish::DaysFrom(day("2026-04-16"))),
        Err(CreditError::Nothing)
    );
    let rest = credit(&[left], &CreditWish::Everything).unwrap();
    assert_eq!(rest[0].time.unwrap().period, range("2026-04-01", "2026-04-16"));
    assert_eq!([totals(&half), totals(&rest)].concat(), ["17.40", "17.40"]);
}

#[test]
fn an_amount_is_split_into_price_and_tax_and_leaves_the_days_billed() {
    let wish = CreditWish::Amounts([(InvoiceLineId(1), usd("11.60"))].into());
    let taken = credit(&[april(), installation()], &wish).unwrap();
    assert_eq!(taken.len(), 1);
    assert_eq!((taken[0].time, taken[0].amounts), (None, Amounts { untaxed: usd("10.00"), tax: usd("1.60") }));
}

#[test]
fn never_more_than_was_invoiced() {
    let wish = CreditWish::Amounts([(InvoiceLineId(1), usd("34.81"))].into());
    let refused = CreditError::MoreThanInvoiced { line: InvoiceLineId(1), left: usd("34.80") };
    assert_eq!(credit(&[april()], &wish), Err(refused));
    let goodwill = credit(&[april()], &CreditWish::Amounts([(InvoiceLineId(1), usd("30.00"))].into())).unwrap();
    let days = credit(&[after(&april(), &goodwill)], &CreditWish::DaysFrom(day("2026-04-11"))).unwrap();
    assert_eq!(totals(&days), ["4.80"], "20 days are 23.20, but only 4.80 is left");
}

proptest! {
    #[test]
    fn however_it_is_cut_up_all_credits_come_to_what_was_invoiced(
        cents in 1_i64..100_000, length in 2_u64..400, cuts in prop::collection::vec((0_u64..400, any::<bool>()), 0..5)
    ) {
        let start = day("2026-01-31");
        let period = DateRange::new(start, start + chrono::Days::new(length)).unwrap();
        let price = UnitPrice::new(rust_decimal::Decimal::new(cents, 2)).unwrap().to_string();
        let whole = invoiced(1, &charged(&price, period, period.days(), period.days()));
        let (mut left, mut sums) = (whole.clone(), Vec::new());
        for (offset, by_days) in cuts {
            let wish = if by_days {
                CreditWish::DaysFrom(start + chrono::Days::new(offset))
            } else {
                let coins = Money::new(rust_decimal::Decimal::new(i64::try_from(offset).unwrap(), 2), Currency::USD);
                CreditWish::Amounts([(InvoiceLineId(1), coins)].into())
            };
            let Ok(taken) = credit(&[left.clone()], &wish) else { continue };
            sums.push(sum(&taken).unwrap());
            left = after(&left, &taken);
            prop_assert!(!left.left.untaxed.is_negative() && !left.left.tax.is_negative());
        }
        if let Ok(taken) = credit(&[left], &CreditWish::Everything) {
            sums.push(sum(&taken).unwrap());
        }
        let all = sums.iter().try_fold(whole.invoiced.zero(), |all, part| all.plus(part)).unwrap();
        prop_assert_eq!(all, whole.invoiced);
    }
}
