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
