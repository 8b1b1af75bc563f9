//! What a line costs, and the sum as a person would check it.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    calendar::{BillingPeriod, DateRange},
    discount::{Discount, Reduction},
    money::{Currency, Money, MoneyError},
    tax::{TaxBasis, TaxRate, TaxRates},
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

/// What one costs for a whole period. Zero is a price (a free plan); less than nothing is not.
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

/// What was agreed for a contract's line. Which discount and which tax rate hold is seen for each period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreedPrice {
    pub unit_price: UnitPrice,
    pub quantity: Quantity,
    pub currency: Currency,
    pub discount: Option<Discount>,
    pub tax: TaxRates,
}

impl AgreedPrice {
    /// For the period that begins on `start`, on an invoice of the date `invoiced_on`.
    pub fn for_period_from(&self, start: NaiveDate, invoiced_on: NaiveDate) -> LinePrice {
        LinePrice {
            unit_price: self.unit_price,
            quantity: self.quantity,
            discount: self.discount.as_ref().map_or(Reduction::NONE, |discount| discount.for_period_from(start)),
            tax_rate: self.tax.on(invoiced_on),
            currency: self.currency,
        }
    }
}

/// What a line costs for one whole period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinePrice {
    pub unit_price: UnitPrice,
    pub quantity: Quantity,
    pub discount: Reduction,
    pub tax_rate: TaxRate,
    pub currency: Currency,
}

/// A charged line with everything that its sum was made of, so that any screen can show it:
/// `(unit price x quantity - discount) x days / of` is what is paid before tax, or with it where it is included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineAmount {
    pub price: LinePrice,
    /// `None` for what is charged once, such as an installation.
    pub time: Option<ChargedTime>,
    pub untaxed: Money,
    pub tax: Money,
    /// `untaxed + tax`
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
        let share = self.share(time.days, time.of)?;
        self.taxed(Some(time), share)
    }

    /// # Errors
    /// `TooLarge`.
    pub fn once(&self) -> Result<LineAmount, MoneyError> {
        self.taxed(None, self.share(1, 1)?)
    }

    /// `(unit price x quantity - discount) x days / of` in whole numbers, rounded once at the end: decimals would be
    /// rounded at each step as soon as they run out of digits.
    fn share(&self, days: i32, of: i32) -> Result<Money, MoneyError> {
        let (numerator, decimals) = self.discounted()?;
        let numerator = product([numerator, days.into()])?;
        Money::ratio(numerator, product([power_of_ten(decimals)?, of.into()])?, self.currency)
    }

    /// What a whole period costs: a whole number, and how many of its digits are decimals.
    fn discounted(&self) -> Result<(i128, u32), MoneyError> {
        let (price, quantity) = (self.unit_price.0, self.quantity.0);
        let (full, decimals) = (product([price.mantissa(), quantity.mantissa()])?, price.scale() + quantity.scale());
        match self.discount {
            Reduction::Courtesy => Ok((0, 0)),
            Reduction::Percent(percent) => {
                let left = (Decimal::ONE_HUNDRED - percent.0).normalize();
                Ok((product([full, left.mantissa()])?, decimals + left.scale() + 2))
            }
            Reduction::Amount(off) => {
                let most = decimals.max(off.0.scale());
                let full = product([full, power_of_ten(most - decimals)?])?;
                let off = product([off.0.mantissa(), power_of_ten(most - off.0.scale())?])?;
                Ok(((full - off).max(0), most))
            }
        }
    }

    /// Tax is rounded per line, so that the lines of an invoice add up to its total. An included tax is what is left of
    /// the price after its untaxed part, so that the customer pays the price to the coin.
    fn taxed(&self, time: Option<ChargedTime>, share: Money) -> Result<LineAmount, MoneyError> {
        let (amount, rate) = (share.amount(), self.tax_rate.percent.0);
        let hundred = product([power_of_ten(rate.scale())?, 100])?;
        let one = power_of_ten(amount.scale())?;
        let part = |numerator: i128, denominator: i128| {
            Money::ratio(product([amount.mantissa(), numerator])?, product([one, denominator])?, self.currency)
        };
        let (untaxed, tax) = match self.tax_rate.basis {
            TaxBasis::Added => (share, part(rate.mantissa(), hundred)?),
            TaxBasis::Included => {
                let untaxed = part(hundred, hundred + rate.mantissa())?;
                (untaxed, share.checked_sub(untaxed)?)
            }
        };
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
#[path = "price_tests.rs"]
mod tests;
