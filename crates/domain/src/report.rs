//! Lists as files, and when they are sent.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::views::accounts::BookPeriod;
use crate::words::words;

words! {
    pub enum FileFormat {
        Csv = "csv",
        Xlsx = "xlsx",
    }
}

impl FileFormat {
    pub fn mime(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

words! {
    pub enum Frequency {
        Daily = "daily",
        /// On Mondays.
        Weekly = "weekly",
        /// On the first.
        Monthly = "monthly",
    }
}

impl Frequency {
    /// The first day of the day, week or month of a date.
    pub fn begins(self, date: NaiveDate) -> NaiveDate {
        match self {
            Self::Daily => date,
            Self::Weekly => date - Days::new(date.weekday().num_days_from_monday().into()),
            Self::Monthly => date.with_day(1).unwrap_or(date),
        }
    }

    /// Whether a report is due in the night of a date.
    pub fn falls_on(self, date: NaiveDate) -> bool {
        self.begins(date) == date
    }

    /// The last day, week or month that is over on a date.
    pub fn over_before(self, date: NaiveDate) -> BookPeriod {
        let begins = self.begins(date);
        let from = match self {
            Self::Daily => begins - Days::new(1),
            Self::Weekly => begins - Days::new(7),
            Self::Monthly => begins - Months::new(1),
        };
        BookPeriod { from, to: begins - Days::new(1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_due_when_its_period_is_over_and_is_about_that_one() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        // 2028-03-01 is a Wednesday after a leap day.
        let cases = [
            (Frequency::Daily, "2028-03-01", true, "2028-02-29", "2028-02-29"),
            (Frequency::Weekly, "2028-03-01", false, "2028-02-21", "2028-02-27"),
            (Frequency::Weekly, "2028-02-28", true, "2028-02-21", "2028-02-27"),
            (Frequency::Monthly, "2028-03-01", true, "2028-02-01", "2028-02-29"),
            (Frequency::Monthly, "2028-03-31", false, "2028-02-01", "2028-02-29"),
            (Frequency::Monthly, "2028-01-15", false, "2027-12-01", "2027-12-31"),
        ];
        for (frequency, day, due, from, to) in cases {
            assert_eq!(frequency.falls_on(date(day)), due, "{frequency} on {day}");
            assert_eq!(
                frequency.over_before(date(day)),
                BookPeriod { from: date(from), to: date(to) },
                "{frequency} {day}"
            );
        }
    }
}
