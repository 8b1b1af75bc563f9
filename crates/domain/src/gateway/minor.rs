//! Amounts in whole numbers of the smallest coin, as gateways count them.

use std::cmp::Ordering;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::money::{Currency, Money, MoneyError};

/// Why an amount cannot be told to a gateway, or be taken from one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    #[error("{0} is not an amount that can be charged")]
    NotChargeable(String),
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// What a card is charged for `owed`: the same, but for currencies of three decimals, of which gateways take no third. The
/// customer has what is paid too much as credit.
///
/// # Errors
/// `NotChargeable` when it is too large.
pub fn charged(owed: Money) -> Result<Money, AmountError> {
    let minor = whole(owed)?;
    let rest = if owed.currency().minor_units() == 3 { minor.rem_euclid(10) } else { 0 };
    let up = if rest == 0 { 0 } else { 10 - rest };
    from_minor(minor.checked_add(up).ok_or_else(|| refuse(owed))?, owed.currency())
}

/// Whether what was set out to be charged is still owed: what is `open` would be charged as much, or more.
pub fn is_still_owed(open: Money, amount: Money) -> bool {
    charged(open).is_ok_and(|charges| charges.checked_cmp(amount).is_ok_and(Ordering::is_ge))
}

/// `27.50 USD` is 2750, `2750 JPY` is 2750, `2.750 KWD` is 2750.
///
/// # Errors
/// `NotChargeable` for what is not positive, or has a third decimal.
pub fn to_minor(amount: Money) -> Result<i64, AmountError> {
    let minor = whole(amount)?;
    let is_fine = amount.currency().minor_units() == 3 && minor.rem_euclid(10) != 0;
    if minor > 0 && !is_fine { Ok(minor) } else { Err(refuse(amount)) }
}

/// # Errors
/// `Money` when it is too large.
pub fn from_minor(minor: i64, currency: Currency) -> Result<Money, AmountError> {
    let amount = Decimal::try_from_i128_with_scale(minor.into(), currency.minor_units());
    Ok(Money::exact(amount.map_err(|_| MoneyError::TooLarge)?, currency)?)
}

fn whole(amount: Money) -> Result<i64, AmountError> {
    let coins = 10_i64.pow(amount.currency().minor_units());
    let minor = amount.amount().checked_mul(Decimal::from(coins)).and_then(|minor| minor.to_i64());
    minor.ok_or_else(|| refuse(amount))
}

fn refuse(amount: Money) -> AmountError {
    AmountError::NotChargeable(format!("{amount} {}", amount.currency()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        let (amount, currency) = text.split_once(' ').unwrap();
        Money::exact(amount.parse().unwrap(), currency.parse().unwrap()).unwrap()
    }

    #[test]
    fn amounts_are_counted_in_the_smallest_coin_of_their_currency_and_come_back_the_same() {
        for (amount, minor) in
            [("27.50 USD", 2750), ("0.01 MXN", 1), ("2750 JPY", 2750), ("150000 PYG", 150_000), ("2.750 KWD", 2750)]
        {
            assert_eq!(to_minor(money(amount)), Ok(minor), "{amount}");
            assert_eq!(from_minor(minor, money(amount).currency()), Ok(money(amount)));
        }
    }

    #[test]
    fn nothing_and_less_than_nothing_is_not_charged() {
        for amount in ["0.00 USD", "-1.00 USD", "2.755 KWD"] {
            assert!(to_minor(money(amount)).is_err(), "{amount}");
        }
    }

    #[test]
    fn a_charge_is_still_owed_while_no_less_is_open_than_it_was_made_of() {
        for (open, amount, is_owed) in [
            ("2.751 KWD", "2.760 KWD", true),
            ("2.750 KWD", "2.760 KWD", false),
            ("27.51 USD", "27.51 USD", true),
            ("30.00 USD", "27.51 USD", true),
            ("27.50 USD", "27.51 USD", false),
            ("0.00 USD", "27.51 USD", false),
            ("27.51 EUR", "27.51 USD", false),
        ] {
            assert_eq!(is_still_owed(money(open), money(amount)), is_owed, "{open} {amount}");
        }
    }

    #[test]
    fn a_third_decimal_is_charged_up_to_the_next_ten() {
        for (owed, expected) in [("2.751 KWD", "2.760 KWD"), ("2.750 KWD", "2.750 KWD"), ("27.51 USD", "27.51 USD")] {
            assert_eq!(charged(money(owed)), Ok(money(expected)));
        }
    }
}
