//! Tickets: what is asked of a list, and what a detail shows.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::list::{Choice, Page, PageNumber};
use crate::contact::Language;
use crate::file::FileKind;
use crate::ids::{ContractId, CustomerId, FileId, OutageId, RouterId, SectorId, TicketCategoryId, TicketId, UserId};
use crate::ticket::{Deadlines, Priority, Sla, Standing, TicketEvent, TicketState};
use crate::words::words;

/// A name in both languages: lists that providers keep themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    pub es: String,
    pub en: String,
}

impl Name {
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::Spanish => &self.es,
            Language::English => &self.en,
        }
    }
}

words! {
    /// The staff's chips: which tickets.
    pub enum TicketGroup {
        /// New, in progress or waiting.
        Open = "open",
        Mine = "mine",
        Unassigned = "unassigned",
    }
}

/// The list's address. What is due first comes first; without a clock, the newest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TicketFilter {
    /// A number, a subject, or a customer's name or reference.
    pub search: Option<String>,
    pub group: Option<TicketGroup>,
    pub state: Option<TicketState>,
    pub priority: Option<Priority>,
    pub standing: Option<Standing>,
    pub sector: Option<SectorId>,
    pub customer: Option<CustomerId>,
    pub contract: Option<ContractId>,
    pub outage: Option<OutageId>,
    pub page: PageNumber,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketRow {
    pub id: TicketId,
    pub customer: Choice<CustomerId>,
    pub contract: Option<Choice<ContractId>>,
    pub sector: Option<String>,
    pub category: Name,
    pub subject: String,
    pub priority: Priority,
    pub state: TicketState,
    pub assignee: Option<String>,
    pub opened_at: DateTime<Utc>,
    /// What is due next; `None` while the clock stands.
    pub due_at: Option<DateTime<Utc>>,
    pub standing: Option<Standing>,
    /// The outage that it was merged into, by its place.
    pub outage: Option<Choice<OutageId>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TicketList {
    pub page: Page<TicketRow>,
    pub counts: TicketCounts,
}

/// Each opens the list of exactly these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketCounts {
    pub open: i64,
    /// Of the open ones, by how they stand; while they wait for the customer, their clock stands.
    pub on_time: i64,
    pub soon: i64,
    pub breached: i64,
    pub waiting: i64,
}

/// A file that hangs at a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileLink {
    pub id: FileId,
    pub name: String,
    pub kind: FileKind,
}

impl FileLink {
    pub fn href(&self) -> String {
        format!("/files/{}", self.id)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketEntry {
    pub at: DateTime<Utc>,
    /// Empty: by itself, or one of the staff where a customer reads.
    pub author: String,
    pub from_customer: bool,
    pub internal: bool,
    pub body: String,
    pub event: Option<TicketEvent>,
    pub files: Vec<FileLink>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    pub stars: i32,
    pub comment: String,
}

/// A ticket as staff see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketDetail {
    pub row: TicketRow,
    pub category_id: TicketCategoryId,
    pub assignee_id: Option<UserId>,
    pub router: Option<Choice<RouterId>>,
    pub opened_by: Option<String>,
    pub by_customer: bool,
    pub deadlines: Deadlines,
    pub responded_at: Option<DateTime<Utc>>,
    pub resolved_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
    pub rating: Option<Rating>,
    /// Oldest first.
    pub entries: Vec<TicketEntry>,
}

/// The detail with what its forms choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketDesk {
    pub ticket: TicketDetail,
    pub staff: Vec<Choice<UserId>>,
    pub categories: Vec<Category>,
    /// What is down where the customer is, or was merged with.
    pub outages: Vec<Choice<OutageId>>,
    pub me: Option<UserId>,
}

/// A line of a customer's own list: nothing of how urgent it is, what is due and who works on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyTicketRow {
    pub id: TicketId,
    pub subject: String,
    pub category: Name,
    pub state: TicketState,
    pub opened_at: DateTime<Utc>,
}

/// A ticket as its customer sees it: nothing of who works on it, and no internal note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyTicket {
    pub id: TicketId,
    pub subject: String,
    pub category: Name,
    pub state: TicketState,
    pub opened_at: DateTime<Utc>,
    /// The outage's place.
    pub outage: Option<String>,
    pub rating: Option<Rating>,
    pub entries: Vec<TicketEntry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    pub id: TicketCategoryId,
    pub name: Name,
    pub priority: Priority,
    pub for_customers: bool,
    /// A fault of the connection: where there is an outage, its tickets are part of it.
    pub goes_with_outages: bool,
    pub archived: bool,
}

/// An outage as customers are told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownOutage {
    pub place: String,
    pub since: chrono::NaiveDate,
    pub until: Option<chrono::NaiveDate>,
}

/// One of the customer's connections, to say which one it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultyContract {
    pub id: ContractId,
    pub code: String,
    pub street: String,
    pub outage: Option<KnownOutage>,
}

/// What the form for a fault starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultOffer {
    pub customer: Choice<CustomerId>,
    pub contracts: Vec<FaultyContract>,
    pub categories: Vec<Category>,
    pub idempotency_key: String,
}

/// What a provider promises, when it works, and its list of categories.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketSettings {
    /// The lowest priority first.
    pub slas: Vec<Sla>,
    /// Monday first, as they are typed.
    pub hours: [String; 7],
    pub close_after_days: i32,
    pub credit_from_days: Option<i32>,
    pub categories: Vec<Category>,
}
