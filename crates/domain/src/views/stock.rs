//! Equipment with a serial, as lists and pages show it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::list::{Choice, Page, PageNumber};
use crate::ids::{
    ContractId, CustomerId, EquipmentId, EquipmentModelId, RouterId, StockPlaceId, StockReceiptId, TaxId, UserId,
};
use crate::money::Currency;
use crate::stock::{Custody, EquipmentKind, MoveKind, Ownership, PlaceKind};
use crate::stock_receipt::GoodsProblem;
use crate::words::words;

words! {
    /// The list's chips.
    pub enum StockStanding {
        InStock = "in_stock",
        Installed = "installed",
        /// Ours, at a customer's who is on the removal list or whose contract is closed.
        ComesBack = "comes_back",
        WithCustomer = "with_customer",
        WrittenOff = "written_off",
    }
}

/// The list's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StockFilter {
    /// Part of a serial or of a MAC, with or without its colons.
    pub search: Option<String>,
    pub standing: Option<StockStanding>,
    pub kind: Option<EquipmentKind>,
    pub place: Option<StockPlaceId>,
    pub model: Option<EquipmentModelId>,
    pub ownership: Option<Ownership>,
    pub page: PageNumber,
}

/// How many there are, whatever the chip says; everything else of the filter holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockCounts {
    pub in_stock: i64,
    pub installed: i64,
    /// Some of those that are installed.
    pub comes_back: i64,
    pub with_customer: i64,
    pub written_off: i64,
}

/// Where equipment is, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "where", rename_all = "snake_case")]
pub enum Located {
    InStock { place: Choice<StockPlaceId> },
    Installed { contract: Choice<ContractId>, customer: Choice<CustomerId> },
    WithCustomer { customer: Choice<CustomerId> },
    WrittenOff,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EquipmentRow {
    pub id: EquipmentId,
    pub kind: EquipmentKind,
    /// Maker and name.
    pub model: Choice<EquipmentModelId>,
    pub serial: String,
    pub mac: Option<String>,
    pub ownership: Ownership,
    pub located: Located,
    pub comes_back: bool,
    pub moved_at: DateTime<Utc>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EquipmentDetail {
    pub row: EquipmentRow,
    pub custody: Custody,
    pub receipt: Option<StockReceiptId>,
    /// Where a router told of its MAC last.
    pub seen: Option<Seen>,
    /// The newest first.
    pub moves: Vec<MoveRow>,
    /// Where it can be put.
    pub places: Vec<Choice<StockPlaceId>>,
    pub taxes: Vec<Choice<TaxId>>,
    /// In which it is sold.
    pub currency: Currency,
}

/// A page of the list, with the figures of its chips and what its filters choose from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StockList {
    pub page: Page<EquipmentRow>,
    pub counts: StockCounts,
    pub choices: StockChoices,
}

/// Before goods are received: what to choose from, and what came before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptStart {
    pub choices: StockChoices,
    pub receipts: Vec<ReceiptRow>,
    /// ONUs of services that the stock does not know.
    pub unregistered: i64,
    /// Their serials, if they were asked for: as many as are received in one go.
    pub serials: Vec<String>,
}

/// Warehouses and vans, and who can have a van.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockPlaces {
    pub places: Vec<PlaceRow>,
    pub technicians: Vec<Choice<UserId>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    pub router: Choice<RouterId>,
    pub address: Option<String>,
    pub at: DateTime<Utc>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveRow {
    pub kind: MoveKind,
    pub located: Located,
    pub ownership: Ownership,
    pub reason: String,
    pub at: DateTime<Utc>,
    pub by: String,
    pub by_system: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelRow {
    pub id: EquipmentModelId,
    pub kind: EquipmentKind,
    pub maker: String,
    pub name: String,
    pub archived: bool,
    pub in_stock: i64,
    pub installed: i64,
    pub all: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceRow {
    pub id: StockPlaceId,
    pub kind: PlaceKind,
    pub name: String,
    pub technician: Option<Choice<UserId>>,
    pub archived: bool,
    /// What is there, the most first.
    pub models: Vec<(Choice<EquipmentModelId>, i64)>,
}

impl PlaceRow {
    pub fn total(&self) -> i64 {
        self.models.iter().map(|(_, count)| count).sum()
    }
}

/// What came, and what of it could not be received yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptDetail {
    pub id: StockReceiptId,
    pub model: Choice<EquipmentModelId>,
    pub place: Choice<StockPlaceId>,
    pub note: String,
    pub rest: String,
    /// Of `rest`, line by line.
    pub lines: Vec<ReceiptLine>,
    pub received: i64,
    pub opened_at: DateTime<Utc>,
    pub opened_by: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptLine {
    pub number: usize,
    pub text: String,
    pub judged: Judged,
}

/// What would become of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "judged", rename_all = "snake_case")]
pub enum Judged {
    Fine {
        serial: String,
        mac: Option<String>,
        model: String,
        /// A service was set up with this serial before it was in stock: that is where it is.
        serves: Option<Choice<ContractId>>,
    },
    Wrong {
        problem: GoodsProblem,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptRow {
    pub id: StockReceiptId,
    pub model: String,
    pub place: String,
    pub note: String,
    pub received: i64,
    pub is_open: bool,
    pub opened_at: DateTime<Utc>,
    pub opened_by: Option<String>,
}

/// For the filters of the list and for its forms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockChoices {
    pub places: Vec<Choice<StockPlaceId>>,
    pub models: Vec<Choice<EquipmentModelId>>,
}
