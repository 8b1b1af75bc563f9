//! Money is exact: a decimal amount that never has more decimals than its currency has coins for.
//! Rounding happens in one function of this file and nowhere else. There are no floats.

use std::{cmp::Ordering, fmt, ops::Neg, str::FromStr};

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// An ISO 4217 code. Codes are checked for their form, not against the list of countries.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    #[error("{0:?} is not a currency: three capital letters are needed, such as USD")]
    NotACurrency(String),
    #[error("{left} and {right} cannot be put together: their currencies differ")]
    CurrenciesDiffer { left: Currency, right: Currency },
    #[error("{amount} is finer than the smallest coin of {currency}")]
    FinerThanACoin { amount: Decimal, currency: Currency },
    #[error("the amount is too large")]
    TooLarge,
}

const WITHOUT_DECIMALS: [&[u8; 3]; 16] = [
    b"BIF", b"CLP", b"DJF", b"GNF", b"JPY", b"KMF", b"KRW", b"MGA", b"PYG", b"RWF", b"UGX", b"VND", b"VUV", b"XAF",
    b"XOF", b"XPF",
];
const WITH_THREE_DECIMALS: [&[u8; 3]; 5] = [b"BHD", b"JOD", b"KWD", b"OMR", b"TND"];

impl Currency {
    pub const USD: Self = Self(*b"USD");

    pub fn code(&self) -> &str {
        // Only capital letters get in, so this is always valid UTF-8.
        str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Decimals of the smallest coin: 2 for most, 0 for the yen, 3 for the Kuwaiti dinar.
    pub fn minor_units(self) -> u32 {
        if WITHOUT_DECIMALS.contains(&&self.0) {
            0
        } else if WITH_THREE_DECIMALS.contains(&&self.0) {
            3
        } else {
            2
        }
    }
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(code: &str) -> Result<Self, MoneyError> {
        match <[u8; 3]>::try_from(code.as_bytes()) {
            Ok(letters) if letters.iter().all(u8::is_ascii_uppercase) => Ok(Self(letters)),
            _ => Err(MoneyError::NotACurrency(code.to_owned())),
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;

    fn try_from(code: String) -> Result<Self, MoneyError> {
        code.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount in a currency, in whole coins. Serialized as `{"amount":"27.50","currency":"USD"}`.
///
/// There is deliberately no `Add` and no `PartialOrd`: amounts of different currencies neither add nor compare.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Raw", into = "Raw")]
pub struct Money {
    amount: Decimal,
    currency: Currency,
}

#[derive(Serialize, Deserialize)]
struct Raw {
    amount: String,
    currency: Currency,
}

impl Money {
    pub fn zero(currency: Currency) -> Self {
        Self { amount: Decimal::ZERO, currency }
    }

    /// Half away from zero to the smallest coin: the one place that rounds.
    pub fn new(amount: Decimal, currency: Currency) -> Self {
        let amount = amount.round_dp_with_strategy(currency.minor_units(), RoundingStrategy::MidpointAwayFromZero);
        Self { amount, currency }
    }

    /// An amount that is in whole coins already, such as one that a person typed.
    ///
    /// # Errors
    /// `FinerThanACoin` for 27.505 USD.
    pub fn exact(amount: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let money = Self::new(amount, currency);
        if money.amount == amount { Ok(money) } else { Err(MoneyError::FinerThanACoin { amount, currency }) }
    }

    /// `numerator / denominator` in whole numbers, so that nothing is rounded on the way: cut off one digit after
    /// the coin, which is all that rounding half away from zero looks at.
    ///
    /// # Errors
    /// `TooLarge` when it does not fit, or the denominator is zero.
    pub(crate) fn ratio(numerator: i128, denominator: i128, currency: Currency) -> Result<Self, MoneyError> {
        let decimals = currency.minor_units() + 1;
        let cut_off = numerator
            .checked_mul(10_i128.pow(decimals))
            .and_then(|numerator| numerator.checked_div(denominator))
            .and_then(|quotient| Decimal::try_from_i128_with_scale(quotient, decimals).ok());
        Ok(Self::new(cut_off.ok_or(MoneyError::TooLarge)?, currency))
    }

    pub fn amount(&self) -> Decimal {
        self.amount
    }

    pub fn currency(&self) -> Currency {
        self.currency
    }

    pub fn is_zero(&self) -> bool {
        self.amount.is_zero()
    }

    pub fn is_negative(&self) -> bool {
        self.amount < Decimal::ZERO
    }

    pub fn is_positive(&self) -> bool {
        self.amount > Decimal::ZERO
    }

    /// # Errors
    /// `CurrenciesDiffer`, `TooLarge`.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let amount = self.amount.checked_add(other.amount).ok_or(MoneyError::TooLarge)?;
        Ok(Self { amount, ..self })
    }

    /// # Errors
    /// `CurrenciesDiffer`, `TooLarge`.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.checked_add(-other)
    }

    /// # Errors
    /// `CurrenciesDiffer`.
    pub fn checked_cmp(self, other: Self) -> Result<Ordering, MoneyError> {
        self.same_currency(other)?;
        Ok(self.amount.cmp(&other.amount))
    }

    /// The smaller of the two, such as what an invoice still takes of a payment.
    ///
    /// # Errors
    /// `CurrenciesDiffer`.
    pub fn checked_min(self, other: Self) -> Result<Self, MoneyError> {
        Ok(if self.checked_cmp(other)?.is_le() { self } else { other })
    }

    /// Zero when there is nothing to add, which is why the currency is asked for.
    ///
    /// # Errors
    /// `CurrenciesDiffer`, `TooLarge`.
    pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::zero(currency), Self::checked_add)
    }

    fn same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::CurrenciesDiffer { left: self.currency, right: other.currency })
        }
    }
}

impl Neg for Money {
    type Output = Self;

    fn neg(self) -> Self {
        Self { amount: -self.amount, ..self }
    }
}

impl TryFrom<Raw> for Money {
    type Error = MoneyError;

    fn try_from(raw: Raw) -> Result<Self, MoneyError> {
        let amount = Decimal::from_str_exact(&raw.amount).map_err(|_| MoneyError::TooLarge)?;
        Self::exact(amount, raw.currency)
    }
}

impl From<Money> for Raw {
    fn from(money: Money) -> Self {
        Self { amount: money.to_string(), currency: money.currency }
    }
}

/// The amount alone, always with the currency's decimals: `27.50`. Thousands and symbols are a matter of language.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.*}", self.currency.minor_units() as usize, self.amount)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} {}", self.currency)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn money(amount: &str, currency: &str) -> Money {
        Money::exact(amount.parse().unwrap(), currency.parse().unwrap()).unwrap()
    }

    #[test]
    fn a_half_coin_is_rounded_away_from_zero() {
        for (amount, currency, rounded) in [
            ("27.505", "USD", "27.51"),
            ("27.504999", "USD", "27.50"),
            ("-27.505", "USD", "-27.51"),
            ("0.005", "USD", "0.01"),
            ("-0.004", "USD", "0.00"),
            ("1234.5", "JPY", "1235"),
            ("1.0005", "KWD", "1.001"),
            ("30", "USD", "30.00"),
        ] {
            let rounded_amount = Money::new(amount.parse().unwrap(), currency.parse().unwrap());
            assert_eq!(rounded_amount.to_string(), rounded, "{amount} {currency}");
        }
    }

    #[test]
    fn a_coin_that_does_not_exist_is_refused() {
        let usd = Currency::USD;
        assert_eq!(
            Money::exact(Decimal::new(27_505, 3), usd),
            Err(MoneyError::FinerThanACoin { amount: Decimal::new(27_505, 3), currency: usd })
        );
        assert!(Money::exact(Decimal::new(27_500, 3), usd).is_ok());
    }

    #[test]
    fn amounts_of_different_currencies_do_not_add_or_compare() {
        let (dollars, yen) = (money("1.00", "USD"), money("1", "JPY"));
        let refused = MoneyError::CurrenciesDiffer { left: dollars.currency(), right: yen.currency() };
        assert_eq!(dollars.checked_add(yen), Err(refused.clone()));
        assert_eq!(dollars.checked_cmp(yen), Err(refused.clone()));
        assert_eq!(Money::sum(Currency::USD, [yen]), Err(refused));
    }

    #[test]
    fn nothing_adds_up_to_zero() {
        assert!(Money::sum(Currency::USD, []).unwrap().is_zero());
        assert!(money("-0.01", "USD").is_negative());
        assert!(!(-Money::zero(Currency::USD)).is_negative());
    }

    #[test]
    fn a_currency_is_three_capital_letters() {
        for wrong in ["", "usd", "US", "USDT", "U$D", "ÑÑ"] {
            assert_eq!(wrong.parse::<Currency>(), Err(MoneyError::NotACurrency(wrong.to_owned())));
        }
    }

    #[test]
    fn money_is_written_with_all_its_decimals() {
        let written = serde_json::to_string(&money("27.5", "USD")).unwrap();
        assert_eq!(written, r#"{"amount":"27.50","currency":"USD"}"#);
        assert_eq!(serde_json::from_str::<Money>(&written).unwrap(), money("27.50", "USD"));
        assert!(serde_json::from_str::<Money>(r#"{"amount":"27.505","currency":"USD"}"#).is_err());
    }

    proptest! {
        #[test]
        fn a_ratio_is_at_most_half_a_coin_from_the_truth(numerator in -10_i128.pow(20)..10_i128.pow(20), denominator in 1..10_i128.pow(9)) {
            let amount = Money::ratio(numerator, denominator, Currency::USD).unwrap().amount();
            let coins = (amount * Decimal::ONE_HUNDRED).trunc().mantissa();
            let off_by = (coins * denominator - numerator * 100).abs() * 2;
            prop_assert!(off_by <= denominator);
            if off_by == denominator {
                prop_assert!(coins.abs() * denominator > (numerator * 100).abs(), "half goes away from zero");
            }
        }
    }
}
