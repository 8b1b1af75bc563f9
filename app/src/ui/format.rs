//! Dates, money and numbers in the reader's language.
//!
//! Money looks the same in both: `1,234.50 USD`, a point for decimals, the currency's code after it. Dates have the
//! month in letters, so that nobody takes the day for the month. No locale data: the month names are among the texts.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use rust_decimal::Decimal;

use crate::i18n::Words;

/// `15 nov 2026`
#[must_use]
pub fn date(date: NaiveDate, t: Words) -> String {
    format!("{} {} {}", date.day(), nth_word(t.common.months_short(), date.month0()), date.year())
}

/// `15 de noviembre de 2026`
#[must_use]
pub fn long_date(date: NaiveDate, t: Words) -> String {
    t.common.long_date(date.day(), nth_word(t.common.months(), date.month0()), date.year())
}

/// `noviembre 2026`
#[must_use]
pub fn month(date: NaiveDate, t: Words) -> String {
    format!("{} {}", nth_word(t.common.months(), date.month0()), date.year())
}

/// `15 nov 2026, 14:05`, in the time zone that it is given in.
#[must_use]
pub fn date_time(at: NaiveDateTime, t: Words) -> String {
    format!("{}, {:02}:{:02}", date(at.date(), t), at.hour(), at.minute())
}

/// How far `date` is from `today`: `hoy`, `ayer`, `hace 3 días`, `en 2 días`. Show it beside the date itself.
#[must_use]
pub fn distance(date: NaiveDate, today: NaiveDate, t: Words) -> String {
    match (date - today).num_days() {
        0 => t.common.today().to_owned(),
        1 => t.common.tomorrow().to_owned(),
        -1 => t.common.yesterday().to_owned(),
        days if days > 0 => t.common.in_days(days),
        days => t.common.days_ago(-days),
    }
}

/// `1,234.50`: an amount without its currency, for columns that name it once.
#[must_use]
pub fn amount(amount: Decimal) -> String {
    let text = amount.abs().to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let sign = if amount.is_sign_negative() && !amount.is_zero() { "\u{2212}" } else { "" };
    let point = if decimals.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{decimals}", grouped(whole))
}

/// `1,234.50 USD`
#[must_use]
pub fn money(money: Decimal, currency: &str) -> String {
    format!("{}\u{a0}{currency}", amount(money))
}

/// `12,345`
#[must_use]
pub fn count(number: i64) -> String {
    let sign = if number < 0 { "\u{2212}" } else { "" };
    format!("{sign}{}", grouped(&number.unsigned_abs().to_string()))
}

fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn nth_word(words: &'static str, nth: u32) -> &'static str {
    words.split(' ').nth(nth as usize).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn dates_read_naturally_in_both_languages() {
        let november = day(2026, 11, 15);
        assert_eq!(date(november, Words::of(Locale::Es)), "15 nov 2026");
        assert_eq!(date(november, Words::of(Locale::En)), "15 Nov 2026");
        assert_eq!(long_date(november, Words::of(Locale::Es)), "15 de noviembre de 2026");
        assert_eq!(long_date(november, Words::of(Locale::En)), "15 November 2026");
        let at = november.and_hms_opt(14, 5, 59).unwrap();
        assert_eq!(date_time(at, Words::of(Locale::Es)), "15 nov 2026, 14:05");
    }

    #[test]
    fn distances_count_days_and_name_the_near_ones() {
        let t = Words::of(Locale::Es);
        let today = day(2026, 3, 1);
        assert_eq!(distance(today, today, t), "hoy");
        assert_eq!(distance(day(2026, 2, 28), today, t), "ayer");
        assert_eq!(distance(day(2026, 2, 15), today, t), "hace 14 días");
        assert_eq!(distance(day(2026, 3, 3), today, t), "en 2 días");
    }

    #[test]
    fn money_keeps_every_decimal_and_groups_thousands() {
        assert_eq!(money("27.50".parse().unwrap(), "USD"), "27.50\u{a0}USD");
        assert_eq!(money("-1234567.5".parse().unwrap(), "USD"), "\u{2212}1,234,567.5\u{a0}USD");
        assert_eq!(amount("999".parse().unwrap()), "999");
        assert_eq!(amount("-0.00".parse().unwrap()), "0.00");
        assert_eq!(count(12_345), "12,345");
        assert_eq!(count(-100), "\u{2212}100");
    }
}
