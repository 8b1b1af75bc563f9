//! What a line costs, and the sum as a person would check it.

use std::{fmt, str::FromStr};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    calendar::{BillingPeriod, DateRange},
    money::{Currency, Money, MoneyError},
};

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PriceError {
    #[error("{0:?} is not a number: write it as 27.50")]
    NotANumber(String),
    #[error("the price {0} is negative: give a discount or a credit note instead")]
    NegativePrice(Decimal),
    #[error("the quantity {0} is not above zero")]
    QuantityNotPositive(Decimal),
    #[error("{0} % is not between 0 and 100")]
    NotAPercentage(Decimal),
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// What one costs for a whole period, without tax. Zero is a price (a free plan); less than nothing is not.
/// It may be finer than a coin, since it is multiplied before it is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Decimal", into = "Decimal")]
pub struct UnitPrice(Decimal);

/// How many: above zero, whole or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Decimal", into = "Decimal")]
pub struct Quantity(Decimal);

/// 0 to 100, for discounts and tax rates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Decimal", into = "Decimal")]
pub struct Percent(Decimal);

impl UnitPrice {
    /// # Errors
    /// `NegativePrice`.
    pub fn new(price: Decimal) -> Result<Self, PriceError> {
        if price < Decimal::ZERO { Err(PriceError::NegativePrice(price)) } else { Ok(Self(price.normalize())) }
    }
}

impl Quantity {
    pub const ONE: Self = Self(Decimal::ONE);

    /// # Errors
    /// `QuantityNotPositive`.
    pub fn new(quantity: Decimal) -> Result<Self, PriceError> {
        if quantity > Decimal::ZERO {
            Ok(Self(quantity.normalize()))
        } else {
            Err(PriceError::QuantityNotPositive(quantity))
        }
    }
}

impl Percent {
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// # Errors
    /// `NotAPercentage`.
    pub fn new(percent: Decimal) -> Result<Self, PriceError> {
        if (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&percent) {
            Ok(Self(percent.normalize()))
        } else {
            Err(PriceError::NotAPercentage(percent))
        }
    }

    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }
}

/// The three are decimals with a condition, and read and written alike.
macro_rules! checked_decimal {
    ($($name:ident)+) => {$(
        impl $name {
                    pub fn get(self) -> Decimal {
                self.0
            }
        }

        impl TryFrom<Decimal> for $name {
            type Error = PriceError;

            fn try_from(number: Decimal) -> Result<Self, PriceError> {
                Self::new(number)
            }
        }

        impl From<$name> for Decimal {
            fn from(number: $name) -> Self {
                number.0
            }
        }

        impl FromStr for $name {
            type Err = PriceError;

            fn from_str(text: &str) -> Result<Self, PriceError> {
                Self::new(parse_decimal(text)?)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}
checked_decimal!(UnitPrice Quantity Percent);

/// Digits with at most one point, kept exactly: `27.50`, `-3`. No exponents, thousands or underscores.
///
/// # Errors
/// `NotANumber`, also for more digits than can be kept.
pub fn parse_decimal(text: &str) -> Result<Decimal, PriceError> {
    let plain = text.strip_prefix('-').unwrap_or(text);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let well_formed = match plain.split_once('.') {
        Some((whole, decimals)) => digits(whole) && digits(decimals),
        None => digits(plain),
    };
    match Decimal::from_str_exact(text) {
        Ok(number) if well_formed => Ok(number),
        _ => Err(PriceError::NotANumber(text.to_owned())),
    }
}

/// What a contract line costs for one whole period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinePrice {
    pub unit_price: UnitPrice,
    pub quantity: Quantity,
    pub discount: Percent,
    pub tax_rate: Percent,
    pub currency: Currency,
}

/// A charged line with everything that its sum was made of, so that any screen can show it:
/// `untaxed = unit price x quantity x (1 - discount) x days / of` and `total = untaxed + tax`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineAmount {
    pub price: LinePrice,
    /// `None` for what is charged once, such as an installation.
    pub time: Option<ChargedTime>,
    pub untaxed: Money,
    pub tax: Money,
    pub total: Money,
}

/// The service that a line pays for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargedTime {
    pub period: DateRange,
    /// The days that are paid for, out of those of the whole period: see [`BillingPeriod`].
    pub days: i32,
    pub of: i32,
}

impl LinePrice {
    /// # Errors
    /// `TooLarge`.
    pub fn for_period(&self, period: &BillingPeriod) -> Result<LineAmount, MoneyError> {
        let time = ChargedTime { period: period.range, days: period.charged_days, of: period.of };
        let untaxed = self.share(time.days, time.of)?;
        self.taxed(Some(time), untaxed)
    }

    /// # Errors
    /// `TooLarge`.
    pub fn once(&self) -> Result<LineAmount, MoneyError> {
        self.taxed(None, self.share(1, 1)?)
    }

    /// `unit price x quantity x (1 - discount) x days / of` in whole numbers, rounded once at the end: decimals
    /// would be rounded at each step as soon as they run out of digits.
    fn share(&self, days: i32, of: i32) -> Result<Money, MoneyError> {
        let (price, quantity) = (self.unit_price.0, self.quantity.0);
        let left = (Decimal::ONE_HUNDRED - self.discount.0).normalize();
        let numerator = product([price.mantissa(), quantity.mantissa(), left.mantissa(), days.into()])?;
        let decimals = price.scale() + quantity.scale() + left.scale();
        let denominator = product([power_of_ten(decimals)?, 100, of.into()])?;
        Money::ratio(numerator, denominator, self.currency)
    }

    /// Tax is rounded per line, so that the lines of an invoice add up to its total.
    fn taxed(&self, time: Option<ChargedTime>, untaxed: Money) -> Result<LineAmount, MoneyError> {
        let rate = self.tax_rate.0;
        let numerator = product([untaxed.amount().mantissa(), rate.mantissa()])?;
        let denominator = product([power_of_ten(untaxed.amount().scale() + rate.scale())?, 100])?;
        let tax = Money::ratio(numerator, denominator, self.currency)?;
        Ok(LineAmount { price: *self, time, untaxed, tax, total: untaxed.checked_add(tax)? })
    }
}

fn product<const N: usize>(factors: [i128; N]) -> Result<i128, MoneyError> {
    factors.into_iter().try_fold(1_i128, i128::checked_mul).ok_or(MoneyError::TooLarge)
}

fn power_of_ten(exponent: u32) -> Result<i128, MoneyError> {
    10_i128.checked_pow(exponent).ok_or(MoneyError::TooLarge)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;

    fn price(unit_price: &str, quantity: &str, discount: &str, tax_rate: &str) -> LinePrice {
        LinePrice {
            unit_price: unit_price.parse().unwrap(),
            quantity: quantity.parse().unwrap(),
            discount: discount.parse().unwrap(),
            tax_rate: tax_rate.parse().unwrap(),
            currency: Currency::USD,
        }
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

    proptest! {
        #[test]
        fn parts_of_a_period_are_never_off_by_more_than_half_a_coin_each(cents in 0_i64..1_000_000, of in 2_i32..400, cut in 1_i32..399) {
            prop_assume!(cut < of);
            let line = LinePrice { unit_price: UnitPrice::new(Decimal::new(cents, 2)).unwrap(), ..price("1", "1", "0", "0") };
            let part = |days| line.for_period(&period(days, of)).unwrap().untaxed.amount();
            let off_by = part(cut) + part(of - cut) - part(of);
            prop_assert!(off_by.abs() <= Decimal::new(1, 2));
        }
    }
}
