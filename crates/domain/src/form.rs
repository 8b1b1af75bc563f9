//! What people type into forms, read value by value: each function answers the value or what is wrong with the field.

use std::net::{IpAddr, Ipv4Addr};
use std::str::FromStr;

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;

use crate::calendar::parse_date;
use crate::contact::{Email, Mac, Phone};
use crate::failure::Problem;
use crate::ip::{Ipv6Prefix, Network};
use crate::money::{Currency, Money};
use crate::position::Position;
use crate::price::{Percent, Quantity, UnitPrice, parse_decimal};

/// One of a list that must be chosen from: an id, or one of an enum's words.
pub fn choice<T: FromStr>(text: &str) -> Result<T, Problem> {
    match text.trim() {
        "" => Err(Problem::Required),
        text => text.parse().map_err(|_| Problem::UnknownChoice),
    }
}

/// The same where nothing may be chosen.
pub fn optional_choice<T: FromStr>(text: &str) -> Result<Option<T>, Problem> {
    unless_blank(text, choice)
}

pub fn optional_phone(text: &str) -> Result<Option<Phone>, Problem> {
    unless_blank(text, |text| text.parse().map_err(|_| Problem::NotAPhone))
}

pub fn optional_email(text: &str) -> Result<Option<Email>, Problem> {
    unless_blank(text, |text| text.parse().map_err(|_| Problem::NotAnEmail))
}

pub fn optional_mac(text: &str) -> Result<Option<Mac>, Problem> {
    unless_blank(text, |text| text.parse().map_err(|_| Problem::NotAMac))
}

pub fn optional_ip(text: &str) -> Result<Option<IpAddr>, Problem> {
    unless_blank(text, |text| text.parse().map_err(|_| Problem::NotAnAddress))
}

/// A single address of version 4.
pub fn ipv4(text: &str) -> Result<Ipv4Addr, Problem> {
    match text.trim() {
        "" => Err(Problem::Required),
        text => text.parse().map_err(|_| Problem::NotAnAddress),
    }
}

pub fn network(text: &str) -> Result<Network, Problem> {
    match text.trim() {
        "" => Err(Problem::Required),
        text => text.parse().map_err(|_| Problem::NotANetwork),
    }
}

pub fn optional_prefix(text: &str) -> Result<Option<Ipv6Prefix>, Problem> {
    unless_blank(text, |text| text.parse().map_err(|_| Problem::NotAPrefix))
}

pub fn optional_position(text: &str) -> Result<Option<Position>, Problem> {
    unless_blank(text, |text| text.parse().map_err(|_| Problem::NotAPosition))
}

/// A whole number within `range`.
pub fn whole(text: &str, range: std::ops::RangeInclusive<u32>) -> Result<u32, Problem> {
    let number: i64 = match text.trim() {
        "" => return Err(Problem::Required),
        text => text.parse().map_err(|_| Problem::NotANumber)?,
    };
    u32::try_from(number).ok().filter(|number| range.contains(number)).ok_or(Problem::OutOfRange)
}

pub fn optional_whole(text: &str, range: std::ops::RangeInclusive<u32>) -> Result<Option<u32>, Problem> {
    unless_blank(text, |text| whole(text, range.clone()))
}

/// A decimal with at most `places` places, as `27.50`.
pub fn decimal(text: &str, places: u32) -> Result<Decimal, Problem> {
    let number = match text.trim() {
        "" => return Err(Problem::Required),
        text => parse_decimal(text).map_err(|_| Problem::NotANumber)?.normalize(),
    };
    // What the columns hold: twelve digits before the point.
    let fits = number.scale() <= places && number.abs() < Decimal::from(1_000_000_000_000_i64);
    if fits { Ok(number) } else { Err(Problem::OutOfRange) }
}

/// What one costs: not negative, at most four places, since it is multiplied before it is rounded.
pub fn unit_price(text: &str) -> Result<UnitPrice, Problem> {
    let number = decimal(text, 4).map_err(|problem| match problem {
        Problem::NotANumber => Problem::NotAnAmount,
        problem => problem,
    })?;
    UnitPrice::new(number).map_err(|_| Problem::OutOfRange)
}

/// Money that changes hands: in whole coins, above zero and below a hundred million.
pub fn amount(text: &str, currency: Currency) -> Result<Money, Problem> {
    let amount = match text.trim() {
        "" => return Err(Problem::Required),
        text => parse_decimal(text).map_err(|_| Problem::NotAnAmount)?,
    };
    let money = Money::exact(amount, currency).map_err(|_| Problem::NotAnAmount)?;
    let fits = money.is_positive() && amount < Decimal::from(100_000_000);
    if fits { Ok(money) } else { Err(Problem::OutOfRange) }
}

/// Above zero and below a hundred million; one when left blank.
pub fn quantity(text: &str) -> Result<Quantity, Problem> {
    let number = unless_blank(text, |text| decimal(text, 4))?.unwrap_or(Decimal::ONE);
    let fits = number < Decimal::from(100_000_000);
    Quantity::new(number).ok().filter(|_| fits).ok_or(Problem::OutOfRange)
}

/// 0 to 100; none when left blank.
pub fn percent(text: &str) -> Result<Percent, Problem> {
    let number = unless_blank(text, |text| decimal(text, 4))?.unwrap_or(Decimal::ZERO);
    Percent::new(number).map_err(|_| Problem::OutOfRange)
}

/// A date as browsers send it, `2026-01-31`.
pub fn date(text: &str) -> Result<NaiveDate, Problem> {
    match text.trim() {
        "" => Err(Problem::Required),
        text => parse_date(text).map_err(|_| Problem::NotADate),
    }
}

pub fn optional_date(text: &str) -> Result<Option<NaiveDate>, Problem> {
    unless_blank(text, date)
}

/// A time of day as browsers send it, `08:30`.
pub fn optional_time(text: &str) -> Result<Option<NaiveTime>, Problem> {
    unless_blank(text, |text| NaiveTime::parse_from_str(text.trim(), "%H:%M").map_err(|_| Problem::NotATime))
}

fn unless_blank<T>(text: &str, read: impl Fn(&str) -> Result<T, Problem>) -> Result<Option<T>, Problem> {
    match text.trim() {
        "" => Ok(None),
        text => read(text).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_field_is_missing_only_where_something_must_be_there() {
        assert_eq!(choice::<i64>("  "), Err(Problem::Required));
        assert_eq!(optional_choice::<i64>("  "), Ok(None));
        assert_eq!(optional_date(""), Ok(None));
        assert_eq!(date(""), Err(Problem::Required));
        assert_eq!(quantity(""), Ok(Quantity::ONE));
        assert_eq!(percent(""), Ok(Percent::ZERO));
    }

    #[test]
    fn each_mistake_is_named() {
        assert_eq!(choice::<i64>("x"), Err(Problem::UnknownChoice));
        assert_eq!(whole("32", 1..=31), Err(Problem::OutOfRange));
        assert_eq!(whole("-1", 0..=31), Err(Problem::OutOfRange));
        assert_eq!(whole("1.5", 0..=31), Err(Problem::NotANumber));
        assert_eq!(unit_price("a lot"), Err(Problem::NotAnAmount));
        assert_eq!(unit_price("-1"), Err(Problem::OutOfRange));
        assert_eq!(unit_price("1.00001"), Err(Problem::OutOfRange));
        assert_eq!(unit_price("1000000000000"), Err(Problem::OutOfRange));
        assert_eq!(percent("100.1"), Err(Problem::OutOfRange));
        assert_eq!(date("31/01/2026"), Err(Problem::NotADate));
        assert_eq!(optional_ip("10.0.0.256"), Err(Problem::NotAnAddress));
    }
}
