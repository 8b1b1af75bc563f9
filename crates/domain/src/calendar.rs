//! When what is billed: half-open date ranges, anchor days that do not drift, terms and the periods that follow
//! from them. Dates are business dates in the company's time zone; nothing here asks what day it is.

mod every;
mod periods;
mod range;
mod terms;

use chrono::NaiveDate;

pub use every::{AnchorDay, Every, Unit};
pub use periods::{BillingPeriod, Periods};
pub use range::DateRange;
pub use terms::{BillingMode, BillingTerms, FirstPeriod, LastPeriod};

/// The last date that anything is billed for. Past it a date has five digits for its year, which no form,
/// file format or neighbour understands.
pub const LAST_DATE: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(date) => date,
    None => NaiveDate::MAX,
};

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    #[error("{0:?} is not a date: write it as 2026-01-31")]
    NotADate(String),
    #[error("a period must end after it starts: {start} to {end}")]
    EmptyRange { start: NaiveDate, end: NaiveDate },
    #[error("{0:?} is not an interval: write a number from 1 to {max} and one of d w m y, such as 1m", max = Every::MAX)]
    NotAnInterval(String),
    #[error("{0} is not a billing day: it goes from 1 to 31")]
    NotAnAnchorDay(String),
}

/// A date as `2026-01-31` and in no other way: two people never read `01/02/2026` alike.
///
/// # Errors
/// `NotADate`.
pub fn parse_date(text: &str) -> Result<NaiveDate, CalendarError> {
    match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        Ok(date) if date.to_string() == text && date <= LAST_DATE => Ok(date),
        _ => Err(CalendarError::NotADate(text.to_owned())),
    }
}
