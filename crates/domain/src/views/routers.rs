//! Routers: what the network consists of.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::jobs::JobRow;
use super::list::{Direction, PageNumber};
use super::scans::ScanRow;
use crate::ids::{ContractId, RouterId};
use crate::network::{Because, LimitBy, ObservedRow, RouterIdentity, RouterMode};
use crate::service::TechnicalState;
use crate::words::words;

words! {
    /// Whether a router answers.
    pub enum RouterHealth {
        /// Never reached yet.
        Unknown = "unknown",
        Reached = "reached",
        Failing = "failing",
    }
}

words! {
    #[derive(Default)]
    pub enum RouterSort {
        #[default]
        Name = "name",
        Services = "services",
        Waiting = "waiting",
        Reached = "reached",
    }
}

/// The list's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RouterFilter {
    /// Part of a name, a host, a board or a version.
    pub search: Option<String>,
    pub mode: Option<RouterMode>,
    pub health: Option<RouterHealth>,
    pub sort: RouterSort,
    pub direction: Direction,
    pub page: PageNumber,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouterRow {
    pub id: RouterId,
    pub name: String,
    pub host: String,
    pub port: u16,
    pub mode: RouterMode,
    pub health: RouterHealth,
    /// As it said of itself when it was last read.
    pub identity: Option<RouterIdentity>,
    pub reached_at: Option<DateTime<Utc>>,
    /// Services that are not released.
    pub services: i64,
    /// Jobs that wait for it.
    pub waiting: i64,
}

/// One router. Its password is never shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouterDetail {
    pub row: RouterRow,
    pub username: String,
    /// SHA-256 of its certificate in hexadecimal; `None`: plain, without encryption.
    pub certificate: Option<String>,
    pub pppoe_local_address: Option<String>,
    pub pppoe_pool: Option<String>,
    pub ipv6_pool: Option<String>,
    pub dhcp_server: Option<String>,
    pub limit_by: LimitBy,
    pub base: RouterBase,
    pub failing: Option<RouterFailing>,
    /// What its services should be beside what it was read to hold, the most first.
    pub agreement: Vec<Agreement>,
    /// Services whose device was read to hold something else than they should have.
    pub out_of_step: i64,
    pub given_up: i64,
}

/// Services that should be one thing and were read to be the same, or another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    pub wanted: TechnicalState,
    pub read: TechnicalState,
    pub services: i64,
    /// Since then none of them has changed on the router.
    pub since: Option<DateTime<Utc>>,
    /// When the one that was not read for the longest time was; `None`: one of them never was.
    pub read_at: Option<DateTime<Utc>>,
}

impl Agreement {
    pub fn agrees(&self) -> bool {
        self.wanted == self.read
    }
}

/// A service whose router was read to hold something else than it should.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disagreeing {
    pub contract: ContractId,
    pub contract_code: String,
    pub customer_name: String,
    pub wanted: TechnicalState,
    pub read: TechnicalState,
    /// Since when it should be so.
    pub wanted_since: Option<NaiveDate>,
    pub read_at: Option<DateTime<Utc>>,
}

/// Everything that a router's page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouterPage {
    pub router: RouterDetail,
    /// Some of those that are out of step, the longest first.
    pub disagreeing: Vec<Disagreeing>,
    /// Some of the jobs that a person must look at, the newest first.
    pub trouble: Vec<JobRow>,
    pub last_scan: Option<ScanRow>,
}

/// What the router needs once: the rules for those who are cut, and its pools.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouterBase {
    /// As it was read last; `None`: never.
    pub read: Option<BaseRead>,
    /// Something else is wanted now than when it was read.
    pub outdated: bool,
    /// Commands for this version were held against what such routers list of themselves.
    pub verified: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaseRead {
    pub as_wanted: bool,
    pub since: DateTime<Utc>,
    pub read_at: DateTime<Utc>,
    /// What was read, in the router's order.
    pub rows: Vec<ObservedRow>,
}

/// Since when and why a router does not answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouterFailing {
    pub at: DateTime<Utc>,
    pub because: Because,
    /// Tries in a row.
    pub failures: i32,
    /// Nobody tries before this.
    pub retry_at: Option<DateTime<Utc>>,
}

/// The form of a router, as typed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RouterForm {
    pub name: String,
    pub host: String,
    pub port: String,
    /// SHA-256 of its certificate in hexadecimal, with or without colons; empty: plain.
    pub certificate: String,
    pub username: String,
    /// Empty when editing: the one that is stored stays.
    pub password: String,
    pub mode: String,
    pub pppoe_local_address: String,
    pub pppoe_pool: String,
    pub ipv6_pool: String,
    pub dhcp_server: String,
    /// A [`LimitBy`]; empty: by the lease.
    pub limit_by: String,
    /// Where it stands, for the map; empty: on no map.
    pub position: String,
}

/// Without the password.
impl fmt::Debug for RouterForm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("RouterForm").field("name", &self.name).field("host", &self.host).finish_non_exhaustive()
    }
}
