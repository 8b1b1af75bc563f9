//! Work orders: what is asked of a list, the board of a day, and what a technician sees.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::list::{Choice, PageNumber};
use super::tickets::{FileLink, Name};
use crate::ids::{ChecklistItemId, ContractId, CustomerId, SectorId, StockPlaceId, TicketId, UserId, WorkOrderId};
use crate::position::Position;
use crate::words::words;
use crate::work_order::{DayPart, FailReason, VisitOutcome, WorkKind, WorkState};

words! {
    /// The list's chips: which orders.
    pub enum WorkGroup {
        /// Neither done nor cancelled.
        Open = "open",
        /// Without a day, a visit of which nothing came, or a day that is over.
        ToSchedule = "to_schedule",
        /// Assigned for a day that is over.
        Late = "late",
    }
}

/// The list's address. What has no day comes first, then the newest days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WorkFilter {
    /// A number, a contract's code, or a customer's name.
    pub search: Option<String>,
    pub group: Option<WorkGroup>,
    pub kind: Option<WorkKind>,
    pub state: Option<WorkState>,
    pub technician: Option<UserId>,
    pub on: Option<NaiveDate>,
    pub sector: Option<SectorId>,
    pub contract: Option<ContractId>,
    pub ticket: Option<TicketId>,
    pub page: PageNumber,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkRow {
    pub id: WorkOrderId,
    pub kind: WorkKind,
    pub state: WorkState,
    /// Counts what the office changes and what visits report.
    pub version: i32,
    pub contract: Choice<ContractId>,
    pub customer: Choice<CustomerId>,
    pub phone: Option<String>,
    pub street: String,
    pub city: String,
    pub sector: Option<String>,
    pub position: Option<Position>,
    pub technician: Option<Choice<UserId>>,
    pub on: Option<NaiveDate>,
    pub part: DayPart,
    /// What is to be done, beside what the kind says.
    pub note: String,
    /// Why it was cancelled; empty: it was no longer needed.
    pub reason: String,
    pub ticket: Option<TicketId>,
}

/// One order, with its story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkDetail {
    pub row: WorkRow,
    /// What the contract sells there.
    pub plan: Option<String>,
    pub created_at: DateTime<Utc>,
    /// `None`: by what happened to the contract.
    pub created_by: Option<String>,
    pub changed_at: DateTime<Utc>,
    pub changed_by: Option<String>,
    pub started_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    /// Oldest first.
    pub visits: Vec<Visit>,
}

/// What came of going there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    pub at: DateTime<Utc>,
    pub by: String,
    pub outcome: VisitOutcome,
    pub reason: Option<FailReason>,
    pub note: String,
    pub checks: Vec<Checked>,
    pub serial: Option<String>,
    pub position: Option<Position>,
    pub reading: Reading,
    pub signed_by: String,
    pub signature: Option<FileLink>,
    pub photos: Vec<FileLink>,
}

/// What was measured on the spot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Received optical power.
    pub dbm: Option<Decimal>,
    pub down_mbps: Option<Decimal>,
    pub up_mbps: Option<Decimal>,
}

/// A line of the checklist as it was at the visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    pub name: Name,
    pub done: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChecklistItem {
    pub id: ChecklistItemId,
    pub kind: WorkKind,
    pub name: Name,
}

/// The detail with what its forms choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkDesk {
    pub order: WorkDetail,
    pub technicians: Vec<Choice<UserId>>,
    pub today: NaiveDate,
}

/// A day: who goes where, and what nobody goes to yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    pub on: NaiveDate,
    pub today: NaiveDate,
    /// Each with the stops in the order of the route.
    pub routes: Vec<Route>,
    /// The oldest first.
    pub to_schedule: Vec<WorkRow>,
    /// More than are shown.
    pub to_schedule_total: i64,
    pub technicians: Vec<Choice<UserId>>,
    pub sectors: Vec<Choice<SectorId>>,
}

/// A technician's day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    pub technician: Choice<UserId>,
    pub stops: Vec<WorkRow>,
}

/// What a new order is made with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkOffer {
    pub customer: Choice<CustomerId>,
    /// Code and street.
    pub contracts: Vec<Choice<ContractId>>,
    pub technicians: Vec<Choice<UserId>>,
}

/// What a technician goes by: the day, in the order of the route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldDay {
    pub on: NaiveDate,
    pub today: NaiveDate,
    pub stops: Vec<WorkRow>,
    /// What was left over from days before; only today.
    pub late: Vec<WorkRow>,
    /// How many are on the day after.
    pub next_day: i64,
}

/// An order as it is worked on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldOrder {
    pub order: WorkDetail,
    pub checklist: Vec<ChecklistItem>,
    /// Where what is taken away can go.
    pub places: Vec<Choice<StockPlaceId>>,
    /// The own van.
    pub van: Option<StockPlaceId>,
    /// For a form that is sent without scripting.
    pub idempotency_key: String,
}
