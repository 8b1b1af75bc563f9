//! Changes in mid-life of a contract: the forms, what they will cost, and the list.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::contracts::PlanChoice;
use super::list::{Choice, PageNumber};
use crate::failure::{Failure, FormCheck, Problem, optional, required};
use crate::form;
use crate::ids::{ChangeId, ContractId, ContractLineId, CustomerId, PlanId};
use crate::money::Money;
use crate::plan_change::{ChangeState, ChangeStateName, ChangeSummary, PauseFee, Timing};
use crate::price::Quantity;

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeRow {
    pub id: ChangeId,
    pub contract: Choice<ContractId>,
    pub customer: Choice<CustomerId>,
    pub summary: ChangeSummary,
    pub timing: Timing,
    pub state: ChangeState,
    pub requested_at: DateTime<Utc>,
    pub requested_by: String,
}

/// The list's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChangeFilter {
    /// Words out of the contract's code or the customer's name.
    pub search: Option<String>,
    pub state: Option<ChangeStateName>,
    pub contract: Option<ContractId>,
    pub page: PageNumber,
}

/// Another plan for a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanChangeForm {
    pub line: String,
    pub plan: String,
    /// A [`Timing`].
    pub timing: String,
}

/// Another quantity for a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QuantityForm {
    pub line: String,
    pub quantity: String,
    /// A [`Timing`].
    pub timing: String,
}

/// A customer's holiday.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PauseForm {
    /// The first day without service; blank: today.
    pub from: String,
    /// The day of return.
    pub until: String,
    /// What a whole period costs meanwhile, without tax; blank: nothing.
    pub fee: String,
    /// As invoices will say it; needed with a fee.
    pub fee_description: String,
}

/// A checked [`PauseForm`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub fee: Option<PauseFee>,
}

/// What a change will cost, and from when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangePreview {
    /// The first day of it.
    pub on: NaiveDate,
    /// Given back for days that were paid in advance.
    pub credited: Money,
    /// Charged at once, for the days up to the next period's start.
    pub charged: Money,
    /// For a whole period from then on, with tax.
    pub per_period: Money,
}

/// What a contract's plan may be changed to, each with what it would cost now and from the next period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanOptions {
    pub contract: Choice<ContractId>,
    pub line: ContractLineId,
    pub present: Choice<PlanId>,
    /// With tax, for a whole period.
    pub present_price: Money,
    pub plans: Vec<PlanOption>,
    /// What was asked for last, of whatever kind: while it is under way there is no other.
    pub latest: Option<ChangeRow>,
}

impl PlanOptions {
    pub fn is_open(&self) -> bool {
        self.latest.as_ref().is_some_and(|change| change.state.is_open())
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanOption {
    pub plan: PlanChoice,
    pub now: ChangePreview,
    pub next_period: ChangePreview,
}

impl PlanChangeForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self) -> Result<(ContractLineId, PlanId, Timing), Failure> {
        let mut form = FormCheck::default();
        let line = form.take("line", form::choice(&self.line));
        let plan = form.take("plan", form::choice(&self.plan));
        let timing = form.take("timing", form::choice(&self.timing));
        form.answer((|| Some((line?, plan?, timing?)))())
    }
}

impl QuantityForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self) -> Result<(ContractLineId, Quantity, Timing), Failure> {
        let mut form = FormCheck::default();
        let line = form.take("line", form::choice(&self.line));
        let quantity = form.take("quantity", required(&self.quantity, 20).and_then(|text| form::quantity(&text)));
        let timing = form.take("timing", form::choice(&self.timing));
        form.answer((|| Some((line?, quantity?, timing?)))())
    }
}

impl PauseForm {
    /// # Errors
    /// `Fields`: a pause begins today or later, and lasts a day at least.
    pub fn check(&self, today: NaiveDate) -> Result<Pause, Failure> {
        let mut form = FormCheck::default();
        let from = form.take("from", form::optional_date(&self.from)).map(|from| from.unwrap_or(today));
        let from = from.and_then(|from| form.take("from", not_before(from, today)));
        let until = form.take("until", form::date(&self.until));
        let until = until.zip(from).and_then(|(until, from)| form.take("until", after(until, from)));
        let description = form.take("fee_description", optional(&self.fee_description, 200));
        let fee = match self.fee.trim() {
            "" => Some(None),
            text => form.take("fee", form::unit_price(text)).and_then(|unit_price| {
                let description = form.take("fee_description", description?.ok_or(Problem::Required))?;
                Some(Some(PauseFee { description, unit_price }))
            }),
        };
        form.answer((|| Some(Pause { from: from?, until: until?, fee: fee? }))())
    }
}

fn not_before(date: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Problem> {
    if date < today { Err(Problem::OutOfRange) } else { Ok(date) }
}

fn after(date: NaiveDate, earlier: NaiveDate) -> Result<NaiveDate, Problem> {
    if date <= earlier { Err(Problem::OutOfOrder) } else { Ok(date) }
}
