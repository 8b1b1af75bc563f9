//! The first screen of the office: figures, each of which opens the list behind it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::list::Choice;
use super::tickets::TicketCounts;
use crate::billing::ParkReason;
use crate::collections::Stop;
use crate::ids::ContractId;
use crate::money::Money;

/// The figures as of `today`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dashboard {
    pub today: NaiveDate,
    /// Contracts whose service is active.
    pub active: i64,
    /// Contracts cut in any way: suspended, disabled, or to be collected.
    pub suspended: i64,
    /// Signed, to be installed.
    pub to_install: i64,
    /// What is open on invoices past their due date, and how many they are.
    pub overdue: Money,
    pub overdue_invoices: i64,
    pub recurring: Recurring,
    /// Jobs that were given up and wait for a person.
    pub jobs_given_up: i64,
    /// Services whose device was read to hold something else than is wanted.
    pub out_of_step: i64,
    /// Contracts that the nightly run left out, and the newest of them.
    pub parked: i64,
    pub newest_parked: Vec<Parked>,
    pub tickets: TicketCounts,
    pub last_run: Option<LastRun>,
    /// The newest night stopped before it cut anybody, and waits for approval.
    pub waits_for_approval: bool,
    /// No run has finished for this business day although its hour is past: somebody must look.
    pub run_is_late: bool,
}

/// What active contracts come to in a month, before tax.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recurring {
    /// After discounts.
    pub revenue: Money,
    /// What is given away, at its price, and to how many contracts. It is no part of the revenue.
    pub courtesy: Money,
    pub courtesies: i64,
}

/// A contract that a step of the nightly run left out; each night it is tried again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parked {
    pub contract: Choice<ContractId>,
    pub customer: String,
    /// `billing` or `collections`.
    pub step: String,
    pub since: NaiveDate,
    pub because: ParkReason,
    /// It went through since.
    pub resolved: bool,
}

/// The newest nightly run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LastRun {
    pub business_date: NaiveDate,
    pub started_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    pub steps: Vec<RunStep>,
}

/// What a step of a run came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunStep {
    /// `billing` or `collections`.
    pub step: String,
    pub expected: i32,
    pub done: i32,
    pub parked: i32,
    pub started_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    /// Why it waits for somebody's word.
    pub stopped: Vec<Stop>,
    pub approved_at: Option<DateTime<Utc>>,
    pub approved_by: Option<String>,
}
