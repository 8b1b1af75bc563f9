//! Equipment that routers told of, and the routers that tell.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::list::{Choice, PageNumber};
use crate::ids::{ContractId, CustomerId, HotspotProfileId, MacProfileId, RouterId};
use crate::words::words;

words! {
    /// Whose it is: that follows from the services.
    pub enum MacState {
        /// Nobody's: to be acted on.
        Unknown = "unknown",
        /// A service of a contract has it.
        Known = "known",
        Ignored = "ignored",
    }
}

/// The list's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MacFilter {
    /// Part of a MAC, an address, a router's or customer's name, or a contract's code.
    pub search: Option<String>,
    pub state: Option<MacState>,
    pub router: Option<RouterId>,
    pub page: PageNumber,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MacRow {
    pub id: MacProfileId,
    pub mac: String,
    /// Where it was seen last.
    pub router: RouterId,
    pub router_name: String,
    pub address: Option<String>,
    pub dhcp_server: String,
    pub first_seen_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
    pub state: MacState,
    pub contract: Option<(ContractId, String)>,
    pub customer: Option<(CustomerId, String)>,
}

/// Whose it is to be, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AssignForm {
    /// A contract's code.
    pub contract: String,
}

/// A draft contract for it, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MacDraftForm {
    /// Of the new customer; blank: named after the equipment, until somebody knows.
    pub name: String,
}

/// A router that tells, or could.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reporting {
    pub router: RouterId,
    pub name: String,
    /// None: it has no token yet.
    pub token: Option<ReportingToken>,
    pub settings: ReportingSettings,
    /// For the captive user.
    pub profiles: Vec<Choice<HotspotProfileId>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportingToken {
    pub made_at: DateTime<Utc>,
    pub reported_at: Option<DateTime<Utc>>,
    /// When its DHCP servers were read, and which of them hold the script.
    pub read_at: Option<DateTime<Utc>>,
    pub installed_on: Vec<String>,
    /// The script, with the token masked.
    pub script: String,
}

/// What is done by itself when unknown equipment is seen; checkboxes send nothing when they are off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportingSettings {
    pub draft_contracts: bool,
    /// The id of the profile of a captive user; blank: none is made.
    pub hotspot_profile: String,
}
