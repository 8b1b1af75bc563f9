//! Payments in another currency than the debt's, and the tax on paying in foreign currency.

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::invoice::PaymentMethod;
use crate::money::{Currency, Money};
use crate::price::Percent;

/// What one unit of a currency was worth in another on a day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    pub base: Currency,
    pub quote: Currency,
    pub on: NaiveDate,
    /// Units of `quote` for one of `base`; above zero.
    pub rate: Decimal,
}

impl Rate {
    /// How many units of `from` one unit of `to` is worth, if the rate says so, whichever way it is written.
    fn between(&self, from: Currency, to: Currency) -> Option<Decimal> {
        match (self.base, self.quote) {
            (base, quote) if base == to && quote == from => Some(self.rate),
            (base, quote) if base == from && quote == to => Decimal::ONE.checked_div(self.rate),
            _ => None,
        }
    }

    /// Old rates are not used: better to ask for a new one than to guess.
    pub fn is_fresh(&self, on: NaiveDate, days: u16) -> bool {
        self.on <= on && self.on + Days::new(days.into()) >= on
    }
}

/// Money that was handed over in another currency than it is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tender {
    pub amount: Money,
    /// Units of the tender's currency for one of what it is counted in.
    pub rate: Decimal,
    pub rate_on: NaiveDate,
}

/// What money of one currency comes to in another, at a rate of the two.
pub fn converted(tendered: Money, to: Currency, rate: &Rate) -> Option<(Money, Tender)> {
    let per_one = rate.between(tendered.currency(), to)?.round_dp(8);
    let amount = Money::new(tendered.amount().checked_div(per_one)?, to);
    Some((amount, Tender { amount: tendered, rate: per_one, rate_on: rate.on }))
}

/// In which currency a payment is counted: its own where something is owed in it, else that of the oldest debt; without
/// any debt, the company's.
pub fn counted_in(tendered: Currency, owed: &[Currency], company: Currency) -> Currency {
    match owed.first() {
        _ if owed.contains(&tendered) => tendered,
        Some(oldest) => *oldest,
        None => company,
    }
}

/// How payments in other currencies are taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaymentSettings {
    /// A rate older than this many days is not used.
    pub rate_days: u16,
    /// The tax on paying in foreign currency, where there is one.
    pub igtf: Option<Igtf>,
}

/// Venezuela's *impuesto a las grandes transacciones financieras*, or whatever is like it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Igtf {
    pub percent: Percent,
    pub currencies: Vec<Currency>,
    pub methods: Vec<PaymentMethod>,
}

/// A tax that is taken with a payment, on top of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaymentTax {
    pub name: String,
    pub percent: Percent,
    pub amount: Money,
}

impl PaymentSettings {
    /// What is taken on top of this money; nothing where it rounds to nothing.
    pub fn tax_on(&self, tendered: Money, method: PaymentMethod) -> Option<PaymentTax> {
        let igtf = self.igtf.as_ref()?;
        let applies = igtf.currencies.contains(&tendered.currency()) && igtf.methods.contains(&method);
        let amount = Money::new(tendered.amount() * igtf.percent.get() / Decimal::ONE_HUNDRED, tendered.currency());
        let tax = PaymentTax { name: "IGTF".to_owned(), percent: igtf.percent, amount };
        (applies && amount.is_positive()).then_some(tax)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn currency(code: &str) -> Currency {
        code.parse().unwrap()
    }

    fn money(amount: &str, code: &str) -> Money {
        Money::new(amount.parse().unwrap(), currency(code))
    }

    fn rate() -> Rate {
        let on = "2026-04-01".parse().unwrap();
        Rate { base: currency("USD"), quote: currency("VES"), on, rate: "52.2134".parse().unwrap() }
    }

    #[test]
    fn money_is_converted_at_the_rate_whichever_way_that_is_written() {
        let (amount, tender) = converted(money("1817.03", "VES"), currency("USD"), &rate()).unwrap();
        assert_eq!((amount, tender.rate), (money("34.80", "USD"), "52.2134".parse().unwrap()));
        let (amount, tender) = converted(money("34.80", "USD"), currency("VES"), &rate()).unwrap();
        assert_eq!((amount, tender.rate), (money("1817.03", "VES"), "0.01915217".parse().unwrap()));
        assert_eq!(converted(money("1", "EUR"), currency("USD"), &rate()), None);
    }

    #[test]
    fn a_rate_is_used_as_long_as_it_is_fresh_and_never_before_its_day() {
        let fresh = |on: &str| rate().is_fresh(on.parse().unwrap(), 3);
        let days = ["2026-03-31", "2026-04-01", "2026-04-04", "2026-04-05"];
        assert_eq!(days.map(fresh), [false, true, true, false]);
    }

    #[test]
    fn a_payment_is_counted_in_what_is_owed() {
        let (usd, ves, eur) = (currency("USD"), currency("VES"), currency("EUR"));
        assert_eq!(counted_in(ves, &[usd, ves], usd), ves);
        assert_eq!(counted_in(ves, &[usd], ves), usd);
        assert_eq!(counted_in(eur, &[], usd), usd);
    }

    #[test]
    fn the_tax_is_taken_on_foreign_currency_and_the_methods_that_it_is_for() {
        let igtf = Igtf {
            percent: Percent::new("3".parse().unwrap()).unwrap(),
            currencies: vec![currency("USD")],
            methods: vec![PaymentMethod::Cash],
        };
        let settings = PaymentSettings { rate_days: 3, igtf: Some(igtf) };
        let tax = |amount, code, method| settings.tax_on(money(amount, code), method).map(|tax| tax.amount);
        assert_eq!(tax("34.80", "USD", PaymentMethod::Cash), Some(money("1.04", "USD")));
        assert_eq!(tax("34.80", "USD", PaymentMethod::Card), None);
        assert_eq!(tax("34.80", "VES", PaymentMethod::Cash), None);
        assert_eq!(tax("0.01", "USD", PaymentMethod::Cash), None);
        assert_eq!(
            PaymentSettings { igtf: None, ..settings.clone() }.tax_on(money("9", "USD"), PaymentMethod::Cash),
            None
        );
    }
}
