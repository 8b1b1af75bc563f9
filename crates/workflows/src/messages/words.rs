//! Dates and amounts as a message says them.

use chrono::NaiveDate;
use domain::contact::Language;
use domain::money::Money;

pub(crate) fn day(language: Language, date: NaiveDate) -> String {
    let pattern = match language {
        Language::Spanish => "%d/%m/%Y",
        Language::English => "%e %B %Y",
    };
    date.format(pattern).to_string().trim().to_owned()
}

/// `34.80 USD + 10.00 EUR`
pub(crate) fn moneys(amounts: &[Money]) -> String {
    let shown = amounts.iter().map(|amount| format!("{amount} {}", amount.currency()));
    shown.collect::<Vec<_>>().join(" + ")
}
