//! The period that Odoo writes into a line's text: `Internet 100/50 Mbps 01/31/2026 - 02/27/2026`.

use chrono::NaiveDate;
use domain::calendar::DateRange;

use crate::import::odoo::records::DocumentLine;

/// Odoo writes dates in the customer's language: `01/31/2026` in American English, `31/01/2026` in Spanish. Nothing
/// in the export tells which; the one that makes dates of more texts is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateOrder {
    MonthFirst,
    DayFirst,
}

/// A text taken apart.
pub(super) struct Described<'t> {
    /// Without the period.
    pub(super) description: String,
    /// First and last day, as written.
    pub(super) dates: Option<(&'t str, &'t str)>,
}

impl DateOrder {
    pub(super) fn of<'l>(lines: impl Iterator<Item = &'l DocumentLine>) -> Self {
        let (mut month_first, mut day_first) = (0, 0);
        for (first, last) in lines.filter_map(|line| take_apart(&line.text).dates) {
            month_first += u32::from(Self::MonthFirst.range(first, last).is_some());
            day_first += u32::from(Self::DayFirst.range(first, last).is_some());
        }
        if day_first > month_first { Self::DayFirst } else { Self::MonthFirst }
    }

    /// Both days are in it.
    pub(super) fn range(self, first: &str, last: &str) -> Option<DateRange> {
        let format = match self {
            Self::MonthFirst => "%m/%d/%Y",
            Self::DayFirst => "%d/%m/%Y",
        };
        let day = |text| NaiveDate::parse_from_str(text, format).ok();
        DateRange::new(day(first)?, day(last)?.succ_opt()?).ok()
    }
}

/// The last `date - date` in a text.
pub(super) fn take_apart(text: &str) -> Described<'_> {
    const DATE: usize = "01/31/2026".len();
    let found = text.rmatch_indices(" - ").find_map(|(at, dash)| {
        let first = text.get(at.checked_sub(DATE)?..at)?;
        let last = text.get(at + dash.len()..at + dash.len() + DATE)?;
        (looks_like_a_date(first) && looks_like_a_date(last)).then_some((at - DATE, first, last))
    });
    match found {
        None => Described { description: text.to_owned(), dates: None },
        Some((start, first, last)) => {
            let after = start + 2 * DATE + " - ".len();
            let description = format!("{} {}", text[..start].trim_end(), text[after..].trim_start());
            Described { description: description.trim().to_owned(), dates: Some((first, last)) }
        }
    }
}

fn looks_like_a_date(text: &str) -> bool {
    text.bytes().enumerate().all(|(at, byte)| if at == 2 || at == 5 { byte == b'/' } else { byte.is_ascii_digit() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_period_is_taken_out_of_the_text() {
        let described = take_apart("Televisión 60 canales 01/31/2026 - 02/27/2026");
        assert_eq!(described.description, "Televisión 60 canales");
        let (first, last) = described.dates.unwrap();
        let period = DateOrder::MonthFirst.range(first, last).unwrap();
        assert_eq!((period.start().to_string(), period.end().to_string()), ("2026-01-31".into(), "2026-02-28".into()));
    }

    #[test]
    fn a_text_without_a_period_is_left_as_it_is() {
        for text in
            ["Router - white", "Instalación", "ñ 1/31/2026 - 2/27/2026", "a - 02/27/2026", "01/31/2026 - ñañañañaña"]
        {
            let described = take_apart(text);
            assert!(described.dates.is_none() && described.description == text, "{text}");
        }
    }

    #[test]
    fn a_period_that_runs_backwards_is_none() {
        assert_eq!(DateOrder::MonthFirst.range("02/27/2026", "01/31/2026"), None);
        assert_eq!(DateOrder::MonthFirst.range("31/01/2026", "27/02/2026"), None);
        assert!(DateOrder::DayFirst.range("31/01/2026", "27/02/2026").is_some());
    }
}
