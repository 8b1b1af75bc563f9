//! Cut-off policies: how long a debt may stand before each step.

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::list::Choice;
use crate::collections::{
    CutDays, CutHours, CutoffPolicy, FeeCharge, LateFee, PolicyError, PromiseLimits, ProvisionalLimits, ReminderDays,
};
use crate::failure::{Failure, FormCheck, Problem, required};
use crate::form;
use crate::ids::{PolicyId, TaxId};
use crate::price::{Percent, UnitPrice};

/// All policies fit on one page: there is nothing to filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyRow {
    pub id: PolicyId,
    pub policy: CutoffPolicy,
    /// Contracts that are not closed.
    pub contracts: i64,
}

/// A policy's page, and what its form chooses from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyDetail {
    pub row: PolicyRow,
    pub taxes: Vec<Choice<TaxId>>,
}

/// As typed. A step left blank is never taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PolicyForm {
    pub name: String,
    pub due_days: String,
    pub grace_days: String,
    pub throttle_after_days: String,
    /// Blank: 25.
    pub throttle_percent: String,
    pub soft_cut_after_days: String,
    pub hard_cut_after_days: String,
    pub removal_after_days: String,
    /// Blank: any debt counts.
    pub minimum_debt: String,
    pub cut_on_fridays: bool,
    pub cut_on_weekends: bool,
    pub cut_on_holidays: bool,
    /// `08:00`; both blank: at any hour.
    pub cut_from: String,
    pub cut_to: String,
    /// How long a payment promise may run; blank: nobody may promise.
    pub promise_days: String,
    pub promises_a_year: String,
    /// For how long a reported transfer that covers the debt brings the service back; blank: not at all.
    pub provisional_days: String,
    pub provisionals_a_year: String,
    /// Days from the due date, as `7, 3, 1`; blank: no reminders.
    pub remind_before: String,
    pub remind_after: String,
    /// Blank: no late fee.
    pub late_fee_after_days: String,
    /// One of the two.
    pub late_fee_amount: String,
    pub late_fee_percent: String,
    pub late_fee_most: String,
    pub late_fee_tax: String,
    /// Blank: invoices that fall due from today on.
    pub late_fee_from: String,
}

impl PolicyForm {
    pub fn check(&self, today: NaiveDate) -> Result<CutoffPolicy, Failure> {
        let mut form = FormCheck::default();
        let name = form.take("name", required(&self.name, 100));
        let due_days = form.take("due_days", days(&self.due_days));
        let grace_days = form.take("grace_days", days(&self.grace_days));
        let throttle = form.take("throttle_after_days", optional_days(&self.throttle_after_days));
        let left = form::optional_whole(&self.throttle_percent, 1..=99).map(|percent| percent.unwrap_or(25));
        let throttle_percent = form.take("throttle_percent", left).and_then(|percent| u16::try_from(percent).ok());
        let soft = form.take("soft_cut_after_days", optional_days(&self.soft_cut_after_days));
        let hard = form.take("hard_cut_after_days", optional_days(&self.hard_cut_after_days));
        let removal = form.take("removal_after_days", optional_days(&self.removal_after_days));
        let minimum_debt = form.take("minimum_debt", minimum_debt(&self.minimum_debt));
        let promise_days = form.take("promise_days", most(&self.promise_days, 60));
        let promises_a_year = form.take("promises_a_year", most(&self.promises_a_year, 100));
        let provisional_days = form.take("provisional_days", most(&self.provisional_days, 14));
        let provisionals_a_year = form.take("provisionals_a_year", most(&self.provisionals_a_year, 100));
        let remind_before = form.take("remind_before", days_list(&self.remind_before));
        let remind_after = form.take("remind_after", days_list(&self.remind_after));
        let cut_hours = self.cut_hours(&mut form);
        let late_fee = self.late_fee(&mut form, today);
        let policy = (|| {
            Some(CutoffPolicy {
                name: name?,
                due_days: due_days?,
                grace_days: grace_days?,
                throttle_after_days: throttle?,
                throttle_percent: throttle_percent?,
                soft_cut_after_days: soft?,
                hard_cut_after_days: hard?,
                removal_after_days: removal?,
                minimum_debt: minimum_debt?,
                cut_days: CutDays {
                    fridays: self.cut_on_fridays,
                    weekends: self.cut_on_weekends,
                    holidays: self.cut_on_holidays,
                },
                cut_hours: cut_hours?,
                promises: PromiseLimits { days: promise_days?, a_year: promises_a_year? },
                provisional: ProvisionalLimits { days: provisional_days?, a_year: provisionals_a_year? },
                reminders: ReminderDays { before: remind_before?, after: remind_after? },
                late_fee: late_fee?,
            })
        })();
        if let Some(error) = policy.as_ref().and_then(|policy| policy.check().err()) {
            let (field, problem) = at_field(&error, policy.as_ref());
            form.take::<()>(field, Err(problem));
        }
        form.answer(policy)
    }

    /// Both or none; the outer `None`: something is wrong.
    fn cut_hours(&self, form: &mut FormCheck) -> Option<Option<CutHours>> {
        let from = form.take("cut_from", form::optional_time(&self.cut_from));
        let to = form.take("cut_to", form::optional_time(&self.cut_to));
        match (from?, to?) {
            (None, None) => Some(None),
            (Some(from), Some(to)) if from < to => Some(Some(CutHours { from, to })),
            (Some(_), Some(_)) => form.take("cut_to", Err(Problem::OutOfOrder)),
            (None, Some(_)) => form.take("cut_from", Err(Problem::Required)),
            (Some(_), None) => form.take("cut_to", Err(Problem::Required)),
        }
    }

    fn late_fee(&self, form: &mut FormCheck, today: NaiveDate) -> Option<Option<LateFee>> {
        let after_days = form.take("late_fee_after_days", optional_days(&self.late_fee_after_days));
        let amount = form.take("late_fee_amount", optional_price(&self.late_fee_amount));
        let percent = form.take("late_fee_percent", optional_percent(&self.late_fee_percent));
        let most = form.take("late_fee_most", optional_price(&self.late_fee_most));
        let tax = form.take("late_fee_tax", form::optional_choice(&self.late_fee_tax));
        let from = form.take("late_fee_from", form::optional_date(&self.late_fee_from));
        let (after_days, amount, percent, most, tax, from) = (after_days?, amount?, percent?, most?, tax?, from?);
        let charge = match (amount, percent) {
            (None, None) => None,
            (Some(amount), None) => Some(FeeCharge::Amount(amount)),
            (None, Some(percent)) => Some(FeeCharge::Percent(percent)),
            (Some(_), Some(_)) => return form.take("late_fee_percent", Err(Problem::OneOfTwo)),
        };
        match (after_days, charge) {
            (None, None) => Some(None),
            (None, Some(_)) => form.take("late_fee_after_days", Err(Problem::Required)),
            (Some(_), None) => form.take("late_fee_amount", Err(Problem::Required)),
            (Some(0), Some(_)) => form.take("late_fee_after_days", Err(Problem::OutOfRange)),
            (Some(after_days), Some(charge)) => {
                Some(Some(LateFee { after_days, charge, most, tax, from: from.unwrap_or(today) }))
            }
        }
    }
}

impl From<&CutoffPolicy> for PolicyForm {
    fn from(policy: &CutoffPolicy) -> Self {
        let text = |days: Option<u16>| days.map(|days| days.to_string()).unwrap_or_default();
        Self {
            name: policy.name.clone(),
            due_days: policy.due_days.to_string(),
            grace_days: policy.grace_days.to_string(),
            throttle_after_days: text(policy.throttle_after_days),
            throttle_percent: policy.throttle_percent.to_string(),
            soft_cut_after_days: text(policy.soft_cut_after_days),
            hard_cut_after_days: text(policy.hard_cut_after_days),
            removal_after_days: text(policy.removal_after_days),
            minimum_debt: policy.minimum_debt.to_string(),
            cut_on_fridays: policy.cut_days.fridays,
            cut_on_weekends: policy.cut_days.weekends,
            cut_on_holidays: policy.cut_days.holidays,
            promise_days: policy.promises.days.to_string(),
            promises_a_year: policy.promises.a_year.to_string(),
            provisional_days: policy.provisional.days.to_string(),
            provisionals_a_year: policy.provisional.a_year.to_string(),
            remind_before: list(&policy.reminders.before),
            remind_after: list(&policy.reminders.after),
            cut_from: time(policy.cut_hours.map(|hours| hours.from)),
            cut_to: time(policy.cut_hours.map(|hours| hours.to)),
            ..Self::default()
        }
        .with_late_fee(policy.late_fee.as_ref())
    }
}

impl PolicyForm {
    fn with_late_fee(self, fee: Option<&LateFee>) -> Self {
        let Some(fee) = fee else { return self };
        let (amount, percent) = match fee.charge {
            FeeCharge::Amount(amount) => (amount.to_string(), String::new()),
            FeeCharge::Percent(percent) => (String::new(), percent.to_string()),
        };
        Self {
            late_fee_after_days: fee.after_days.to_string(),
            late_fee_amount: amount,
            late_fee_percent: percent,
            late_fee_most: fee.most.map(|most| most.to_string()).unwrap_or_default(),
            late_fee_tax: fee.tax.map(|tax| tax.to_string()).unwrap_or_default(),
            late_fee_from: fee.from.to_string(),
            ..self
        }
    }
}

fn time(time: Option<NaiveTime>) -> String {
    time.map(|time| time.format("%H:%M").to_string()).unwrap_or_default()
}

/// Above zero.
fn optional_price(text: &str) -> Result<Option<UnitPrice>, Problem> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    form::unit_price(text)
        .and_then(|price| if price.get().is_zero() { Err(Problem::OutOfRange) } else { Ok(Some(price)) })
}

/// Above zero.
fn optional_percent(text: &str) -> Result<Option<Percent>, Problem> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    form::percent(text).and_then(|percent| if percent.is_zero() { Err(Problem::OutOfRange) } else { Ok(Some(percent)) })
}

fn days(text: &str) -> Result<u16, Problem> {
    form::whole(text, 0..=365).and_then(|days| u16::try_from(days).map_err(|_| Problem::OutOfRange))
}

/// Blank is none.
fn most(text: &str, most: u32) -> Result<u16, Problem> {
    let number = form::optional_whole(text, 0..=most)?.unwrap_or_default();
    u16::try_from(number).map_err(|_| Problem::OutOfRange)
}

/// Up to five numbers of days, each once: `7, 3, 1`.
fn days_list(text: &str) -> Result<Vec<u16>, Problem> {
    const MOST: usize = 5;
    let mut numbers = Vec::new();
    for number in text.split([',', ';', ' ']).filter(|number| !number.trim().is_empty()) {
        let number =
            form::whole(number, 0..=60).and_then(|days| u16::try_from(days).map_err(|_| Problem::OutOfRange))?;
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    if numbers.len() <= MOST { Ok(numbers) } else { Err(Problem::OutOfRange) }
}

fn list(days: &[u16]) -> String {
    days.iter().map(u16::to_string).collect::<Vec<_>>().join(", ")
}

fn optional_days(text: &str) -> Result<Option<u16>, Problem> {
    if text.trim().is_empty() { Ok(None) } else { days(text).map(Some) }
}

fn minimum_debt(text: &str) -> Result<Decimal, Problem> {
    if text.trim().is_empty() { Ok(Decimal::ZERO) } else { form::decimal(text, 4) }
}

/// The field to mend: of two steps out of order, the later one.
fn at_field(error: &PolicyError, policy: Option<&CutoffPolicy>) -> (&'static str, Problem) {
    match error {
        PolicyError::SoftCutWithinGrace | PolicyError::SoftCutBeforeThrottle => {
            ("soft_cut_after_days", Problem::OutOfOrder)
        }
        PolicyError::ThrottleWithinGrace => ("throttle_after_days", Problem::OutOfOrder),
        PolicyError::NegativeMinimumDebt => ("minimum_debt", Problem::OutOfRange),
        PolicyError::StepsOutOfOrder => {
            let hard_is_late =
                policy.is_some_and(|policy| match (policy.soft_cut_after_days, policy.hard_cut_after_days) {
                    (_, None) => true,
                    (None, Some(_)) => false,
                    (Some(soft), Some(hard)) => soft < hard,
                });
            (if hard_is_late { "removal_after_days" } else { "hard_cut_after_days" }, Problem::OutOfOrder)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::FieldProblem;

    fn today() -> NaiveDate {
        "2026-11-26".parse().unwrap()
    }

    fn typed(soft: &str, hard: &str, removal: &str) -> PolicyForm {
        PolicyForm {
            soft_cut_after_days: soft.to_owned(),
            hard_cut_after_days: hard.to_owned(),
            removal_after_days: removal.to_owned(),
            ..PolicyForm::from(&CutoffPolicy::standard())
        }
    }

    #[test]
    fn the_standard_policy_survives_its_form() {
        let standard = CutoffPolicy::standard();
        assert_eq!(PolicyForm::from(&standard).check(today()), Ok(standard.clone()));
        let charge = FeeCharge::Percent("5".parse().unwrap());
        let fee =
            LateFee { after_days: 7, charge, most: Some("10".parse().unwrap()), tax: Some(TaxId(3)), from: today() };
        let hours = CutHours { from: NaiveTime::MIN, to: "16:30:00".parse().unwrap() };
        let full = CutoffPolicy { late_fee: Some(fee), cut_hours: Some(hours), ..standard };
        assert_eq!(PolicyForm::from(&full).check(today()), Ok(full));
    }

    #[test]
    fn a_step_in_the_wrong_place_is_told_at_its_field() {
        for (form, field) in [
            (typed("3", "30", "60"), "soft_cut_after_days"),
            (typed("", "30", "60"), "hard_cut_after_days"),
            (typed("10", "10", "60"), "hard_cut_after_days"),
            (typed("10", "30", "20"), "removal_after_days"),
            (typed("10", "", "60"), "removal_after_days"),
        ] {
            let problem = FieldProblem { field: field.to_owned(), problem: Problem::OutOfOrder };
            assert_eq!(form.check(today()), Err(Failure::Fields { fields: vec![problem] }), "{form:?}");
        }
    }

    #[test]
    fn a_late_fee_is_an_amount_or_a_share_and_hours_have_two_ends() {
        let typed = |edit: &dyn Fn(&mut PolicyForm)| {
            let mut form = PolicyForm::from(&CutoffPolicy::standard());
            edit(&mut form);
            match form.check(today()) {
                Err(Failure::Fields { fields }) => fields.into_iter().map(|field| field.field).collect(),
                _ => Vec::new(),
            }
        };
        let text = str::to_owned;
        assert_eq!(typed(&|form| form.late_fee_after_days = text("7")), ["late_fee_amount"]);
        assert_eq!(typed(&|form| form.late_fee_percent = text("5")), ["late_fee_after_days"]);
        assert_eq!(typed(&|form| form.cut_from = text("08:00")), ["cut_to"]);
        assert_eq!(typed(&|form| (form.cut_from, form.cut_to) = (text("16:00"), text("08:00"))), ["cut_to"]);
        assert_eq!(typed(&|form| form.cut_from = text("8 o'clock")), ["cut_from"]);
        let both = |form: &mut PolicyForm| {
            form.late_fee_after_days = text("7");
            (form.late_fee_amount, form.late_fee_percent) = (text("2"), text("5"));
        };
        assert_eq!(typed(&both), ["late_fee_percent"]);
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        let Err(Failure::Fields { fields }) = PolicyForm::default().check(today()) else {
            panic!("an empty form is refused")
        };
        assert_eq!(
            fields.iter().map(|field| field.field.as_str()).collect::<Vec<_>>(),
            ["name", "due_days", "grace_days"]
        );
    }
}
