//! Dates and amounts as documents write them: the same as on the screens, `15 nov 2026` and `1,234.50`.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

const SPANISH: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];
const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `15 de noviembre de 2026`, `15 November 2026`
#[must_use]
pub fn long_date(date: NaiveDate, language: &str) -> String {
    let month = month(date, language);
    match language {
        "es" => format!("{} de {month} de {}", date.day(), date.year()),
        _ => format!("{} {month} {}", date.day(), date.year()),
    }
}

/// `noviembre de 2026`, `November 2026`
#[must_use]
pub fn month_and_year(date: NaiveDate, language: &str) -> String {
    let month = month(date, language);
    match language {
        "es" => format!("{month} de {}", date.year()),
        _ => format!("{month} {}", date.year()),
    }
}

/// `15 nov 2026`, `15 Nov 2026`
#[must_use]
pub fn date(date: NaiveDate, language: &str) -> String {
    let short: String = month(date, language).chars().take(3).collect();
    format!("{} {short} {}", date.day(), date.year())
}

fn month(date: NaiveDate, language: &str) -> &'static str {
    let months = if language == "es" { SPANISH } else { ENGLISH };
    months.get(date.month0() as usize).copied().unwrap_or_default()
}

/// `1,234.50`, with the decimals that it has.
#[must_use]
pub fn amount(amount: Decimal) -> String {
    let text = amount.abs().to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let sign = if amount.is_sign_negative() && !amount.is_zero() { "\u{2212}" } else { "" };
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let point = if decimals.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{decimals}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_have_the_month_in_letters() {
        let day = NaiveDate::from_ymd_opt(2026, 9, 5).unwrap();
        assert_eq!(long_date(day, "es"), "5 de septiembre de 2026");
        assert_eq!(long_date(day, "en"), "5 September 2026");
        assert_eq!(date(day, "es"), "5 sep 2026");
        assert_eq!(month_and_year(day, "es"), "septiembre de 2026");
        assert_eq!(month_and_year(day, "en"), "September 2026");
    }

    #[test]
    fn amounts_group_thousands() {
        assert_eq!(amount("-1234567.50".parse().unwrap()), "\u{2212}1,234,567.50");
        assert_eq!(amount("999".parse().unwrap()), "999");
    }
}
