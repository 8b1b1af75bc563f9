//! Rows of other systems that become ours.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::list::{Choice, Page, PageNumber};
use super::scans::RowOwner;
use crate::ids::{AdoptionId, RouterId, ScanId, ScanRowId};
use crate::network::{Because, Certainty, Clue, Difference, Menu};
use crate::words::words;

/// The address of what can be adopted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AdoptableFilter {
    pub certainty: Option<Certainty>,
    /// Part of a row's name, its comment, or a customer's name.
    pub search: Option<String>,
    pub page: PageNumber,
}

/// A router's rows of others beside the customers whose they may be, as its newest scan read them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Adoptable {
    pub router: Choice<RouterId>,
    /// The scan that read them; `None`: the router was not read yet.
    pub scan: Option<(ScanId, DateTime<Utc>)>,
    pub certain: i64,
    pub probable: i64,
    pub unmatched: i64,
    pub rows: Page<AdoptableRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdoptableRow {
    pub id: ScanRowId,
    pub menu: Menu,
    pub name: String,
    /// As it was read, without secrets.
    pub attributes: BTreeMap<String, String>,
    pub certainty: Certainty,
    pub owner: Option<RowOwner>,
    pub clues: Vec<Clue>,
    /// It can become ours.
    pub usable: bool,
    pub left_by: Option<String>,
    /// What the next job will change for the customer once it is ours.
    pub changes: Vec<Difference>,
    /// The fixed address that the service takes over from it.
    pub takes_address: Option<String>,
}

words! {
    /// What became of a row that was chosen.
    pub enum AdoptionOutcome {
        Adopted = "adopted",
        /// It is not any more as it was shown: nothing was done.
        Changed = "changed",
        Gone = "gone",
        Refused = "refused",
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdoptionDetail {
    pub id: AdoptionId,
    pub router: Choice<RouterId>,
    pub requested_at: DateTime<Utc>,
    pub requested_by: Option<String>,
    pub finished_at: Option<DateTime<Utc>>,
    /// Why it is not done yet, or could not be.
    pub because: Option<Because>,
    pub failed: bool,
    pub rows: Vec<AdoptedRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdoptedRow {
    pub menu: Menu,
    pub name: String,
    pub owner: RowOwner,
    /// Its comment before.
    pub comment: String,
    pub takes_password: bool,
    pub takes_address: bool,
    /// `None`: the router was not asked yet.
    pub outcome: Option<AdoptionOutcome>,
    pub because: Option<Because>,
}
