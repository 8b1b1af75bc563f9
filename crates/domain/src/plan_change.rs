//! A change of what a contract sells, from the request to the day on which it takes effect, and how one line follows
//! another without a day that is billed twice or not at all.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::{BillingTerms, FirstPeriod, LastPeriod};
use crate::contract_line::{LineDates, LineFacts};
use crate::ids::{ContractLineId, PlanId};
use crate::price::{Quantity, UnitPrice};
use crate::words::words;

/// What is to change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// At the price for which the plan was offered when it was asked for.
    Plan {
        line: ContractLineId,
        plan: PlanId,
        unit_price: UnitPrice,
    },
    Quantity {
        line: ContractLineId,
        quantity: Quantity,
    },
    /// No service and no bills up to `until`, the day of return; with a `fee`, that much for a whole period.
    Pause {
        from: NaiveDate,
        until: NaiveDate,
        fee: Option<PauseFee>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseFee {
    /// As invoices will say it.
    pub description: String,
    pub unit_price: UnitPrice,
}

/// The same in names, as they were: for those who read of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ChangeSummary {
    Plan { from: String, to: String },
    Quantity { of: String, from: Quantity, to: Quantity },
    Pause { from: NaiveDate, until: NaiveDate },
}

words! {
    #[derive(Default)]
    pub enum Timing {
        /// The days that were paid in advance are given back, the new ones are charged by days.
        Now = "now",
        /// Nothing to give back.
        #[default]
        NextPeriod = "next_period",
    }
}

/// Where a request is in its life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ChangeState {
    Requested,
    /// To be applied on that day.
    Approved {
        on: NaiveDate,
    },
    Applied {
        on: NaiveDate,
    },
    Rejected {
        reason: String,
    },
    /// By whoever asked for it, or because the contract ended.
    Withdrawn,
}

words! {
    /// A change's state without its data.
    pub enum ChangeStateName {
        Requested = "requested",
        Approved = "approved",
        Applied = "applied",
        Rejected = "rejected",
        Withdrawn = "withdrawn",
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeEvent {
    Approve { on: NaiveDate },
    Reject { reason: String },
    Apply { on: NaiveDate },
    Withdraw,
}

/// That a change's state does not allow what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("a change that is {state} cannot become something else that way")]
pub struct ChangeRefused {
    pub state: ChangeStateName,
}

impl ChangeState {
    /// The whole life: what is not listed is refused.
    pub fn apply(&self, event: ChangeEvent) -> Result<Self, ChangeRefused> {
        match (self, event) {
            (Self::Requested, ChangeEvent::Approve { on }) => Ok(Self::Approved { on }),
            (Self::Requested, ChangeEvent::Reject { reason }) => Ok(Self::Rejected { reason }),
            (Self::Approved { .. }, ChangeEvent::Apply { on }) => Ok(Self::Applied { on }),
            (Self::Requested | Self::Approved { .. }, ChangeEvent::Withdraw) => Ok(Self::Withdrawn),
            (state, _) => Err(ChangeRefused { state: state.name() }),
        }
    }

    pub fn name(&self) -> ChangeStateName {
        match self {
            Self::Requested => ChangeStateName::Requested,
            Self::Approved { .. } => ChangeStateName::Approved,
            Self::Applied { .. } => ChangeStateName::Applied,
            Self::Rejected { .. } => ChangeStateName::Rejected,
            Self::Withdrawn => ChangeStateName::Withdrawn,
        }
    }

    pub fn is_open(&self) -> bool {
        matches!(self, Self::Requested | Self::Approved { .. })
    }
}

/// A line of a contract whose service has begun, as far as a change is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Succession {
    /// The line that ends, by days whatever its terms say of somebody who leaves: its service goes on in another form.
    pub ended: (LineFacts, LineDates),
    /// The line that follows, without a day between.
    pub next: (LineFacts, LineDates),
    /// The first day of the line that follows.
    pub on: NaiveDate,
}

/// `None` for a line that did not begin, or is over on `on`. A line that begins later is followed from its first day.
pub fn succeed(facts: &LineFacts, dates: &LineDates, next: LineFacts, on: NaiveDate) -> Option<Succession> {
    let (ended, on) = end(facts, dates, on)?;
    let next = follow(next, on, dates.ends_on);
    Some(Succession { ended, next, on })
}

/// The line as it ends before `on`, and the first day without it. What was billed beyond is given back by a credit note.
pub fn end(facts: &LineFacts, dates: &LineDates, on: NaiveDate) -> Option<((LineFacts, LineDates), NaiveDate)> {
    let on = on.max(dates.starts_on?);
    if dates.ends_on.is_some_and(|ends| ends <= on) {
        return None;
    }
    let terms = facts.terms.map(|terms| BillingTerms { last: LastPeriod::Prorate, ..terms });
    let billed_through = dates.billed_through.map(|through| through.min(on));
    let ended = LineDates { billed_through, ..*dates }.ended(terms.as_ref(), on);
    Some(((LineFacts { terms, ..facts.clone() }, ended), on))
}

/// A line that begins on `on`, by days from the first: what went before it was billed up to there.
pub fn follow(facts: LineFacts, on: NaiveDate, until: Option<NaiveDate>) -> (LineFacts, LineDates) {
    let terms = facts.terms.map(|terms| BillingTerms { first: FirstPeriod::Prorate, ..terms });
    let started = LineDates { starts_on: Some(on), ends_on: until, ..LineDates::default() };
    (LineFacts { terms, ..facts }, started.with_next_invoice(terms.as_ref()))
}

/// The first day of the period after the one that `today` is in, or that was billed already: where a change costs nobody a
/// part of a period. `None` of a line that is charged once, never began or is over.
pub fn next_period(facts: &LineFacts, dates: &LineDates, today: NaiveDate) -> Option<NaiveDate> {
    let (terms, start) = (facts.terms?, dates.starts_on?);
    let billed = dates.billed_through.unwrap_or(start);
    if billed > today {
        return Some(billed);
    }
    let mut from = billed;
    loop {
        let period = terms.period_from(start, from, dates.ends_on)?;
        if period.range.end() > today {
            return Some(period.range.end());
        }
        from = period.range.end();
    }
}

#[cfg(test)]
#[path = "plan_change_tests.rs"]
mod tests;
