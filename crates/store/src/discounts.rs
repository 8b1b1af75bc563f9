//! A line's discount as columns, and a document's.

use chrono::NaiveDate;
use domain::discount::{Discount, Lasting, Reduction};
use domain::price::{Percent, UnitPrice};
use rust_decimal::Decimal;

use crate::{Error, Result};

/// All `None`: no discount.
#[derive(Default)]
pub(crate) struct Columns<'a> {
    pub kind: Option<&'static str>,
    pub value: Option<Decimal>,
    pub reason: Option<&'a str>,
    pub periods: Option<i32>,
    pub until: Option<NaiveDate>,
}

impl<'a> Columns<'a> {
    pub fn of(discount: Option<&'a Discount>) -> Self {
        let Some(discount) = discount else { return Self::default() };
        let (kind, value) = match discount.reduction {
            Reduction::Percent(percent) => ("percent", Some(percent.get())),
            Reduction::Amount(amount) => ("amount", Some(amount.get())),
            Reduction::Courtesy => ("courtesy", None),
        };
        let (periods, until) = match discount.lasting {
            Lasting::Always => (None, None),
            Lasting::Periods(count) => (Some(count.into()), None),
            Lasting::Until(date) => (None, Some(date)),
        };
        Self { kind: Some(kind), value, reason: Some(&discount.reason), periods, until }
    }
}

pub(crate) fn discount(
    kind: Option<&str>,
    value: Option<Decimal>,
    reason: Option<String>,
    periods: Option<i32>,
    until: Option<NaiveDate>,
) -> Result<Option<Discount>> {
    let Some(kind) = kind else { return Ok(None) };
    let reduction = match (kind, value) {
        ("percent", Some(value)) => Reduction::Percent(Percent::new(value)?),
        ("amount", Some(value)) => Reduction::Amount(UnitPrice::new(value)?),
        ("courtesy", None) => Reduction::Courtesy,
        _ => return Err(Error::Unknown(format!("the discount {kind} of {value:?}"))),
    };
    let lasting = match (periods, until) {
        (Some(periods), _) => Lasting::Periods(periods.try_into()?),
        (None, Some(until)) => Lasting::Until(until),
        (None, None) => Lasting::Always,
    };
    Ok(Some(Discount { reduction, lasting, reason: reason.unwrap_or_default() }))
}

/// What an issued line says of its discount: per cent, an amount, and whether it is a courtesy.
pub(crate) fn issued(reduction: Reduction) -> (Decimal, Decimal, bool) {
    match reduction {
        Reduction::Percent(percent) => (percent.get(), Decimal::ZERO, false),
        Reduction::Amount(amount) => (Decimal::ZERO, amount.get(), false),
        Reduction::Courtesy => (Decimal::ONE_HUNDRED, Decimal::ZERO, true),
    }
}

/// The same read back.
pub(crate) fn of_issued(percent: Decimal, amount: Decimal, courtesy: bool) -> Result<Reduction> {
    if courtesy {
        Ok(Reduction::Courtesy)
    } else if amount.is_zero() {
        Ok(Reduction::Percent(Percent::new(percent)?))
    } else {
        Ok(Reduction::Amount(UnitPrice::new(amount)?))
    }
}
