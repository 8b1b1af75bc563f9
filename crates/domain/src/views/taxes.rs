//! How the company bills: its common billing day, and its taxes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::AnchorDay;
use crate::failure::{Failure, FormCheck, Problem, required};
use crate::form;
use crate::price::Percent;
use crate::tax::{RateChange, Tax, TaxBasis};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillingSettings {
    /// The business date on which rates are as the page says.
    pub today: NaiveDate,
    pub billing_day: AnchorDay,
    /// By name.
    pub taxes: Vec<Tax>,
}

/// A tax's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxDetail {
    pub today: NaiveDate,
    pub tax: Tax,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BillingDayForm {
    /// 1 to 31.
    pub day: String,
}

/// A new tax. Whether it is included is never changed: all prices would mean something else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TaxForm {
    pub name: String,
    /// A [`TaxBasis`].
    pub basis: String,
    /// Per cent.
    pub rate: String,
}

/// Another rate from a day on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RateForm {
    /// Not in the past: invoices were issued since.
    pub from: String,
    /// Per cent.
    pub rate: String,
}

impl BillingDayForm {
    pub fn check(&self) -> Result<AnchorDay, Failure> {
        let mut form = FormCheck::default();
        let day = form::whole(&self.day, 1..=31);
        let day = form.take("day", day.and_then(|day| AnchorDay::new(day.into()).map_err(|_| Problem::OutOfRange)));
        form.answer(day)
    }
}

impl TaxForm {
    pub fn check(&self) -> Result<(String, TaxBasis, Percent), Failure> {
        let mut form = FormCheck::default();
        let name = form.take("name", required(&self.name, 60));
        let basis = form.take("basis", form::choice(&self.basis));
        let rate = form.take("rate", rate(&self.rate));
        form.answer((|| Some((name?, basis?, rate?)))())
    }
}

impl RateForm {
    pub fn check(&self, today: NaiveDate) -> Result<RateChange, Failure> {
        let mut form = FormCheck::default();
        let from = form.take("from", form::date(&self.from).and_then(|from| not_past(from, today)));
        let percent = form.take("rate", rate(&self.rate));
        form.answer((|| Some(RateChange { from: from?, percent: percent? }))())
    }
}

/// Zero is a rate, and must be typed.
fn rate(text: &str) -> Result<Percent, Problem> {
    if text.trim().is_empty() { Err(Problem::Required) } else { form::percent(text) }
}

fn not_past(date: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Problem> {
    if date < today { Err(Problem::InThePast) } else { Ok(date) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_does_not_change_for_invoices_that_were_issued() {
        let today: NaiveDate = "2026-03-10".parse().unwrap();
        let form = |from: &str| RateForm { from: from.to_owned(), rate: "18".to_owned() };
        assert_eq!(form("2026-03-09").check(today), Err(Failure::field("from", Problem::InThePast)));
        assert_eq!(form("2026-03-10").check(today).unwrap().from, today);
    }

    #[test]
    fn a_tax_without_a_rate_is_not_a_tax_of_zero() {
        let form = TaxForm { name: "IVA".to_owned(), basis: "added".to_owned(), rate: String::new() };
        assert_eq!(form.check(), Err(Failure::field("rate", Problem::Required)));
        assert!(TaxForm { rate: "0".to_owned(), ..form }.check().unwrap().2.is_zero());
    }
}
