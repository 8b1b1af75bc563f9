//! Routers that are about to become ours.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::jobs::{JobExchange, JobState};
use super::list::PageNumber;
use crate::ids::{JobId, NetworkScanId, OnboardingId, RouterId};
use crate::network::{Because, RouterIdentity};
use crate::onboarding::{PlannedStep, Step};
use crate::words::words;

words! {
    /// How far a found router is: it follows from what was found and from its job.
    pub enum OnboardingState {
        /// It does not open with the factory's user and no password: it needs the one on its sticker.
        Locked = "locked",
        Found = "found",
        /// What would be sent was looked at.
        Planned = "planned",
        Working = "working",
        /// A person must mend something.
        Stopped = "stopped",
        Registered = "registered",
    }
}

/// The form that starts a scan, as typed. There is no range that is looked at without being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScanForm {
    pub range: String,
    pub port: String,
}

/// What is wanted of one router, as typed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OnboardingForm {
    pub name: String,
    /// Addresses or networks that may manage it.
    pub server: String,
    /// From its sticker; empty: the one that is stored stays, or none.
    pub password: String,
}

/// Without the password.
impl fmt::Debug for OnboardingForm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("OnboardingForm").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A look at a range of addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkScan {
    pub id: NetworkScanId,
    pub range: String,
    pub port: u16,
    pub addresses: i32,
    /// Of them, so far.
    pub asked: i32,
    /// That answered like a router.
    pub found: i32,
    pub at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    pub job: Option<OnboardingJob>,
}

/// The newest job of a scan or a router.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnboardingJob {
    pub id: JobId,
    pub state: JobState,
    pub because: Option<Because>,
}

/// The list's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OnboardingFilter {
    /// Part of an address, a name, a board or a version.
    pub search: Option<String>,
    pub state: Option<OnboardingState>,
    pub page: PageNumber,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnboardingRow {
    pub id: OnboardingId,
    pub host: String,
    pub port: u16,
    pub name: String,
    pub state: OnboardingState,
    /// What comes next; none when all is done.
    pub step: Option<Step>,
    pub identity: Option<RouterIdentity>,
    pub found_at: DateTime<Utc>,
    pub router: Option<RouterId>,
    /// Why the last try did not do it.
    pub because: Option<Because>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnboardingDetail {
    pub row: OnboardingRow,
    pub server: String,
    /// A sticker's password is stored.
    pub has_password: bool,
    /// What would be sent, when it was looked at.
    pub plan: Vec<PlannedStep>,
    pub planned_at: Option<DateTime<Utc>>,
    /// Why it could not be looked at the last time.
    pub not_planned: Option<Because>,
    pub job: Option<OnboardingJob>,
    /// What was sent and answered, in order.
    pub exchanges: Vec<JobExchange>,
}

/// What the screen starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnboardingStart {
    pub scans: Vec<NetworkScan>,
    /// Where the demo's simulated routers are.
    pub demo: Option<String>,
}

/// The passwords that were made for a router, for somebody who must get at it without Ramal.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnboardingSecrets {
    pub rescue_user: String,
    pub rescue_password: String,
    pub backup_password: String,
}

impl fmt::Debug for OnboardingSecrets {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("OnboardingSecrets")
    }
}
