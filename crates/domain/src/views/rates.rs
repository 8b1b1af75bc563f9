//! Rates of exchange on a screen, and how payments in other currencies are taken.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::list::Page;
use crate::exchange::{Igtf, PaymentSettings, Rate};
use crate::failure::{Failure, FormCheck, Problem};
use crate::form;
use crate::invoice::PaymentMethod;
use crate::money::Currency;
use crate::price::Percent;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rates {
    pub page: Page<Rate>,
    pub settings: PaymentSettings,
    pub today: NaiveDate,
    pub company: Currency,
}

/// A rate as somebody typed it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RateForm {
    pub base: String,
    pub quote: String,
    pub on: String,
    pub rate: String,
}

impl RateForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self, today: NaiveDate) -> Result<Rate, Failure> {
        let mut check = FormCheck::default();
        let base: Option<Currency> = check.take("base", form::choice(&self.base.to_uppercase()));
        let quote = check.take("quote", form::choice(&self.quote.to_uppercase()).and_then(|quote| other(quote, base)));
        let on = check.take("on", form::date(&self.on).and_then(|on| not_ahead(on, today)));
        let rate = check.take("rate", positive(&self.rate));
        check.answer((|| Some(Rate { base: base?, quote: quote?, on: on?, rate: rate? }))())
    }
}

fn other(quote: Currency, base: Option<Currency>) -> Result<Currency, Problem> {
    if base == Some(quote) { Err(Problem::UnknownChoice) } else { Ok(quote) }
}

/// Rates are set a day ahead in some places: never further.
fn not_ahead(on: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Problem> {
    if on.pred_opt().is_some_and(|before| before > today) { Err(Problem::InTheFuture) } else { Ok(on) }
}

fn positive(text: &str) -> Result<rust_decimal::Decimal, Problem> {
    let rate = form::decimal(text, 8)?;
    if rate > rust_decimal::Decimal::ZERO { Ok(rate) } else { Err(Problem::OutOfRange) }
}

/// Many rates: a line each, `2026-04-01;USD;VES;52.2134`.
///
/// # Errors
/// `Fields`: `lines` holds the number of the first line that cannot be read.
pub fn parse_rates(text: &str, today: NaiveDate) -> Result<Vec<Rate>, Failure> {
    let mut rates = Vec::new();
    for (nth, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split([';', '\t', ',']).map(str::trim).collect();
        let [on, base, quote, rate] = cells.as_slice() else { return Err(bad_line(nth)) };
        let [on, base, quote, rate] = [on, base, quote, rate].map(|cell| (*cell).to_owned());
        rates.push(RateForm { base, quote, on, rate }.check(today).map_err(|_| bad_line(nth))?);
    }
    if rates.is_empty() { Err(Failure::field("lines", Problem::Required)) } else { Ok(rates) }
}

fn bad_line(nth: usize) -> Failure {
    Failure::field("lines", Problem::BadLine { line: nth + 1 })
}

/// The settings as somebody typed them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PaymentSettingsForm {
    pub rate_days: String,
    /// Blank: no such tax.
    pub igtf_percent: String,
    /// Codes with blanks or commas between.
    pub igtf_currencies: String,
    pub igtf_cash: bool,
    pub igtf_card: bool,
    pub igtf_transfer: bool,
    pub igtf_other: bool,
}

impl PaymentSettingsForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self) -> Result<PaymentSettings, Failure> {
        let mut check = FormCheck::default();
        let days =
            form::whole(&self.rate_days, 0..=31).and_then(|days| u16::try_from(days).map_err(|_| Problem::OutOfRange));
        let rate_days = check.take("rate_days", days);
        let percent =
            check.take("igtf_percent", form::percent(&self.igtf_percent)).filter(|percent| *percent != Percent::ZERO);
        let igtf = percent.and_then(|percent| {
            let currencies = check.take("igtf_currencies", currencies(&self.igtf_currencies))?;
            Some(Igtf { percent, currencies, methods: self.methods() })
        });
        if igtf.as_ref().is_some_and(|igtf| igtf.methods.is_empty()) {
            check.take::<()>("igtf_cash", Err(Problem::Required));
        }
        check.answer(rate_days.map(|rate_days| PaymentSettings { rate_days, igtf }))
    }

    fn methods(&self) -> Vec<PaymentMethod> {
        let chosen = [
            (self.igtf_cash, PaymentMethod::Cash),
            (self.igtf_card, PaymentMethod::Card),
            (self.igtf_transfer, PaymentMethod::Transfer),
            (self.igtf_other, PaymentMethod::Other),
        ];
        chosen.into_iter().filter(|(chosen, _)| *chosen).map(|(_, method)| method).collect()
    }
}

fn currencies(text: &str) -> Result<Vec<Currency>, Problem> {
    let codes = text.split([' ', ',', ';']).filter(|code| !code.is_empty());
    let found: Vec<Currency> = codes.map(|code| form::choice(&code.to_uppercase())).collect::<Result<_, _>>()?;
    if found.is_empty() { Err(Problem::Required) } else { Ok(found) }
}

impl From<&PaymentSettings> for PaymentSettingsForm {
    fn from(settings: &PaymentSettings) -> Self {
        let igtf = settings.igtf.as_ref();
        let has = |method| igtf.is_some_and(|igtf| igtf.methods.contains(&method));
        let codes = |igtf: &Igtf| igtf.currencies.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        Self {
            rate_days: settings.rate_days.to_string(),
            igtf_percent: igtf.map(|igtf| igtf.percent.get().to_string()).unwrap_or_default(),
            igtf_currencies: igtf.map(codes).unwrap_or_default(),
            igtf_cash: has(PaymentMethod::Cash),
            igtf_card: has(PaymentMethod::Card),
            igtf_transfer: has(PaymentMethod::Transfer),
            igtf_other: has(PaymentMethod::Other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        "2026-04-01".parse().unwrap()
    }

    #[test]
    fn a_table_of_rates_is_taken_whole_or_its_bad_line_is_named() {
        let rates = parse_rates("2026-03-31;usd;VES;52.1\n\n2026-04-01;USD;VES;52.2134\n", today()).unwrap();
        assert_eq!(rates.len(), 2);
        let bad = |text: &str| parse_rates(text, today()).unwrap_err();
        assert_eq!(bad("2026-03-31;USD;VES;52.1\n2026-04-01;USD;USD;1"), bad_line(1));
        assert_eq!(bad("2026-03-31;USD;VES"), bad_line(0));
        assert_eq!(bad("2026-04-03;USD;VES;52"), bad_line(0));
        assert_eq!(bad(" "), Failure::field("lines", Problem::Required));
    }

    #[test]
    fn a_tax_needs_its_currencies_and_its_methods() {
        let form =
            PaymentSettingsForm { rate_days: "3".to_owned(), igtf_percent: "3".to_owned(), ..Default::default() };
        let Err(Failure::Fields { fields }) = form.check() else { panic!("taken") };
        assert_eq!(fields.iter().map(|field| field.field.as_str()).collect::<Vec<_>>(), ["igtf_currencies"]);
        let form = PaymentSettingsForm { igtf_currencies: "usd, eur".to_owned(), igtf_cash: true, ..form };
        let settings = form.check().unwrap();
        assert_eq!(PaymentSettingsForm::from(&settings).igtf_currencies, "USD, EUR");
        assert_eq!(PaymentSettingsForm { igtf_percent: String::new(), ..form }.check().unwrap().igtf, None);
    }
}
