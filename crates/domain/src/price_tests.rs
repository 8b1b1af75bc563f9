use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;

fn price(unit_price: &str, quantity: &str, discount: &str, tax_rate: &str) -> LinePrice {
    LinePrice {
        unit_price: unit_price.parse().unwrap(),
        quantity: quantity.parse().unwrap(),
        discount: Reduction::Percent(discount.parse().unwrap()),
        tax_rate: TaxRate::added(tax_rate.parse().unwrap()),
        currency: Currency::USD,
    }
}

fn less(line: LinePrice, amount: &str) -> LinePrice {
    LinePrice { discount: Reduction::Amount(amount.parse().unwrap()), ..line }
}

fn included(line: LinePrice) -> LinePrice {
    LinePrice { tax_rate: TaxRate { basis: TaxBasis::Included, ..line.tax_rate }, ..line }
}

fn period(charged_days: i32, of: i32) -> BillingPeriod {
    let start = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
    let range = DateRange::new(start, start.succ_opt().unwrap()).unwrap();
    BillingPeriod { range, charged_days, of, invoice_on: start }
}

#[test]
fn a_line_is_price_times_quantity_less_discount_by_days_and_its_tax() {
    for (line, days, of, untaxed, tax, total) in [
        (price("27.50", "1", "0", "16"), 31, 31, "27.50", "4.40", "31.90"),
        (price("49.00", "1", "10", "16"), 30, 30, "44.10", "7.06", "51.16"),
        (price("27.50", "1", "25", "16"), 30, 30, "20.63", "3.30", "23.93"),
        (price("30.00", "2", "50", "0"), 10, 28, "10.71", "0.00", "10.71"),
        (price("30.00", "1", "0", "16"), 0, 31, "0.00", "0.00", "0.00"),
        (price("0", "1", "0", "16"), 31, 31, "0.00", "0.00", "0.00"),
        (price("19.99", "1", "100", "16"), 31, 31, "0.00", "0.00", "0.00"),
        (LinePrice { discount: Reduction::Courtesy, ..price("30", "2", "0", "16") }, 31, 31, "0.00", "0.00", "0.00"),
        (less(price("30.00", "2", "0", "16"), "5"), 30, 30, "55.00", "8.80", "63.80"),
        // The same part of the discount as of the price: (30.00 x 2 - 5.00) x 10 / 30.
        (less(price("30.00", "2", "0", "0"), "5.00"), 10, 30, "18.33", "0.00", "18.33"),
        (less(price("30.00", "1", "0", "16"), "30.01"), 30, 30, "0.00", "0.00", "0.00"),
        (included(price("34.80", "1", "0", "16")), 30, 30, "30.00", "4.80", "34.80"),
        (included(price("0.03", "1", "0", "16")), 30, 30, "0.03", "0.00", "0.03"),
        (included(less(price("10.00", "1", "0", "12.5"), "0.0050")), 15, 30, "4.44", "0.56", "5.00"),
    ] {
        let amount = line.for_period(&period(days, of)).unwrap();
        let shown = (amount.untaxed.to_string(), amount.tax.to_string(), amount.total.to_string());
        assert_eq!(shown, (untaxed.to_owned(), tax.to_owned(), total.to_owned()), "{line:?}");
    }
}

#[test]
fn it_is_rounded_once_and_not_at_each_step() {
    // 0.005 would be 0.01 apiece; a thousand of them are 5.00.
    assert_eq!(price("0.005", "1000", "0", "0").once().unwrap().untaxed.to_string(), "5.00");
    // A third of three is one, and not three times 0.33.
    assert_eq!(price("3", "1", "0", "0").for_period(&period(10, 30)).unwrap().untaxed.to_string(), "1.00");
    let many_decimals = price("0.1234567890123456789", "3", "0", "0").for_period(&period(7, 30)).unwrap();
    assert_eq!(many_decimals.untaxed.to_string(), "0.09");
}

#[test]
fn a_line_keeps_what_its_sum_is_made_of() {
    let line = price("30.00", "2", "50", "16");
    let amount = line.for_period(&period(10, 28)).unwrap();
    assert_eq!(amount.price, line);
    assert_eq!(amount.time.map(|time| (time.days, time.of)), Some((10, 28)));
    assert_eq!(line.once().unwrap().time, None);
}

#[test]
fn nonsense_is_refused() {
    assert_eq!("-1".parse::<UnitPrice>(), Err(PriceError::NegativePrice(Decimal::NEGATIVE_ONE)));
    assert_eq!("0".parse::<Quantity>(), Err(PriceError::QuantityNotPositive(Decimal::ZERO)));
    assert_eq!("101".parse::<Percent>(), Err(PriceError::NotAPercentage(Decimal::new(101, 0))));
    for wrong in ["", "1,5", "1e3", "1_000", "+1", ".5", "5.", "1.2.3", "NaN", "1".repeat(40).as_str()] {
        assert_eq!(wrong.parse::<UnitPrice>(), Err(PriceError::NotANumber(wrong.to_owned())));
    }
}

#[test]
fn an_amount_past_all_measure_is_an_error_and_not_a_wrong_number() {
    let line = price("99999999999999999999", "99999999999999999999", "0", "16");
    assert_eq!(line.once(), Err(MoneyError::TooLarge));
}

#[test]
fn proration_counts_quantity_and_discount() {
    let line = price("30.00", "3", "10", "0");
    let (whole, half) = (line.for_period(&period(30, 30)).unwrap(), line.for_period(&period(15, 30)).unwrap());
    assert_eq!((whole.untaxed.to_string(), half.untaxed.to_string()), ("81.00".to_owned(), "40.50".to_owned()));
}

proptest! {
    #[test]
    fn an_included_tax_reproduces_the_price(cents in 0_i64..10_000_000, rate in 0_i64..=1_000_000, yen in any::<bool>()) {
        let currency = if yen { "JPY".parse().unwrap() } else { Currency::USD };
        let gross = Decimal::new(cents, currency.minor_units());
        let line = LinePrice {
            unit_price: UnitPrice::new(gross).unwrap(),
            tax_rate: TaxRate { percent: Percent::new(Decimal::new(rate, 4)).unwrap(), basis: TaxBasis::Included },
            currency,
            ..price("1", "1", "0", "0")
        };
        let amount = line.once().unwrap();
        prop_assert_eq!(amount.total.amount(), gross);
        prop_assert_eq!(amount.untaxed.checked_add(amount.tax).unwrap(), amount.total);
        // And the tax is that of the untaxed part, to the coin that rounding may cost.
        let exact = amount.untaxed.amount() * line.tax_rate.percent.get() / Decimal::ONE_HUNDRED;
        let coin = Decimal::new(1, currency.minor_units());
        prop_assert!((amount.tax.amount() - exact).abs() <= coin, "{} of {}", amount.tax, amount.untaxed);
    }

    #[test]
    fn parts_of_a_period_are_never_off_by_more_than_half_a_coin_each(cents in 0_i64..1_000_000, of in 2_i32..400, cut in 1_i32..399) {
        prop_assume!(cut < of);
        let line = LinePrice { unit_price: UnitPrice::new(Decimal::new(cents, 2)).unwrap(), ..price("1", "1", "0", "0") };
        let part = |days| line.for_period(&period(days, of)).unwrap().untaxed.amount();
        let off_by = part(cut) + part(of - cut) - part(of);
        prop_assert!(off_by.abs() <= Decimal::new(1, 2));
    }
}
