//! Scans: what routers were found to hold beside what they should.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::list::{Choice, Page, PageNumber};
use crate::ids::{ContractId, JobId, RouterId, ScanId, ScanRowId, ServiceId};
use crate::network::{Because, CUT_LIST, Difference, Menu, NetworkSettings, ScanEffect, Verdict};
use crate::words::words;

words! {
    /// How far a scan is; its job says.
    pub enum ScanState {
        Waiting = "waiting",
        /// The router is being read.
        Running = "running",
        Done = "done",
        /// The router could not be read.
        Failed = "failed",
    }
}

/// The list's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScanFilter {
    pub router: Option<RouterId>,
    pub state: Option<ScanState>,
    /// Only those that found something.
    pub differing: bool,
    pub page: PageNumber,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanRow {
    pub id: ScanId,
    pub router: Choice<RouterId>,
    pub state: ScanState,
    pub effect: ScanEffect,
    pub requested_at: DateTime<Utc>,
    /// `None`: by the clock.
    pub requested_by: Option<String>,
    /// Once the router was read.
    pub found: Option<ScanFound>,
    /// Why it is not read yet, or could not be.
    pub because: Option<Because>,
    pub job: Option<JobId>,
}

/// What a scan came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanFound {
    pub read_at: DateTime<Utc>,
    pub rows: i64,
    pub services: i64,
    pub agreeing: i64,
    pub missing: i64,
    pub different: i64,
    pub orphaned: i64,
    pub foreign: i64,
    pub refused: i64,
    /// Rows that nobody wants are suspiciously many, and were left.
    pub left_alone: bool,
}

impl ScanFound {
    /// Whether everything of ours is as it should be.
    pub fn agrees(&self) -> bool {
        self.missing + self.different + self.orphaned + self.refused == 0
    }

    pub fn count(&self, verdict: Verdict) -> i64 {
        match verdict {
            Verdict::Missing => self.missing,
            Verdict::Different => self.different,
            Verdict::Orphaned => self.orphaned,
            Verdict::Foreign => self.foreign,
            Verdict::Refused => self.refused,
        }
    }
}

/// The list of scans, and how far those under way are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScansPage {
    pub scans: Page<ScanRow>,
    pub waiting: i64,
    pub running: i64,
    /// Of those that were asked for in the last day.
    pub done: i64,
    pub settings: NetworkSettings,
}

/// The address of one scan's rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FindingFilter {
    pub verdict: Option<Verdict>,
    /// Part of a row's name.
    pub search: Option<String>,
    pub page: PageNumber,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScanDetail {
    pub scan: ScanRow,
    pub rows: Page<ScanFinding>,
    /// It is the router's newest: what it found may be mended from it.
    pub is_newest: bool,
}

/// A row that is not as it should be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScanFinding {
    pub id: ScanRowId,
    pub verdict: Verdict,
    pub menu: Menu,
    pub name: String,
    pub owner: Option<RowOwner>,
    pub differences: Vec<Difference>,
    /// As it was read, without secrets.
    pub attributes: BTreeMap<String, String>,
    pub because: Option<Because>,
    pub mended: bool,
}

impl ScanFinding {
    /// Whether the row is one of those that the router needs once: other address lists are of services.
    pub fn is_of_base(&self) -> bool {
        let is_cut = self.attributes.get("list").is_some_and(|list| list == CUT_LIST);
        self.verdict != Verdict::Foreign && self.owner.is_none() && Menu::OF_BASE.contains(&self.menu) && !is_cut
    }
}

/// Whose a row is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowOwner {
    pub service: ServiceId,
    pub contract: ContractId,
    pub contract_code: String,
    pub customer_name: String,
}

/// The form of the settings, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NetworkSettingsForm {
    /// Empty: only by hand.
    pub scan_hour: String,
    pub scan_effect: String,
    pub keep_days: String,
}
