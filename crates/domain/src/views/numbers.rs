//! The settings of documents that are no template: number series, and what reconnecting costs.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::list::Choice;
use crate::failure::{Failure, FormCheck, Problem, required};
use crate::form;
use crate::ids::TaxId;
use crate::invoice::NumberPattern;
use crate::money::Currency;
use crate::reconnection::ReconnectionTerms;

/// The series of control numbers, which is counted on and on.
pub const CONTROL: &str = "control";

/// One series: its pattern, and the number that comes next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    pub kind: String,
    pub pattern: NumberPattern,
    /// As it would be today.
    pub next: String,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberSettings {
    pub series: Vec<Series>,
    pub reconnection: ReconnectionTerms,
    pub currency: Currency,
    pub taxes: Vec<Choice<TaxId>>,
}

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SeriesForm {
    pub kind: String,
    pub pattern: String,
}

impl SeriesForm {
    /// The pattern, which must tell `today`'s numbers from those of another year where counting begins anew each year.
    pub fn check(&self, today: NaiveDate) -> Result<NumberPattern, Failure> {
        let pattern = required(&self.pattern, 40)
            .and_then(|text| text.parse::<NumberPattern>().map_err(|_| Problem::NotAPattern))
            .map_err(|problem| Failure::field("pattern", problem))?;
        let next_year = today.checked_add_months(chrono::Months::new(12)).unwrap_or(today);
        let begins_anew = self.kind != CONTROL;
        if begins_anew && pattern.number(today, 1) == pattern.number(next_year, 1) {
            return Err(Failure::field("pattern", Problem::NotAPattern));
        }
        Ok(pattern)
    }
}

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReconnectionForm {
    pub fee: String,
    /// Blank: that of the contract's first line.
    pub tax: String,
    pub valid_days: String,
}

impl ReconnectionForm {
    pub fn check(&self) -> Result<ReconnectionTerms, Failure> {
        let mut check = FormCheck::default();
        let fee = check.take("fee", form::unit_price(&self.fee));
        let tax = check.take("tax", form::optional_choice(&self.tax));
        let valid_days = check.take("valid_days", form::whole(&self.valid_days, 1..=60));
        let terms = (|| Some(ReconnectionTerms { fee: fee?, tax: tax?, valid_days: valid_days? }))();
        check.answer(terms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_that_begins_anew_each_year_must_have_the_year_in_it() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let check = |pattern: &str| SeriesForm { pattern: pattern.to_owned(), ..SeriesForm::default() }.check(today);
        assert!(check("A{year}/{n:4}").is_ok());
        for wrong in ["A{n:4}", "A{year}", "{n}{n}", ""] {
            assert!(check(wrong).is_err(), "{wrong}");
        }
    }
}
