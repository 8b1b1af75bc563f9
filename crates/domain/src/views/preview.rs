//! What would be sent to a router now.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::list::Choice;
use super::scans::RowOwner;
use crate::ids::RouterId;
use crate::network::{Because, RouterMode};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommandsPreview {
    pub router: Choice<RouterId>,
    pub mode: RouterMode,
    /// When the router was read for it.
    pub read_at: DateTime<Utc>,
    /// Services compared, those of them that something would be sent for, and how much.
    pub services: usize,
    pub changing: usize,
    pub commands: usize,
    /// Some of those that change.
    pub shown: Vec<ServiceCommands>,
}

/// What one service's job would send, in order, secrets masked; or why it would not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceCommands {
    pub owner: RowOwner,
    pub commands: Vec<String>,
    pub because: Option<Because>,
}
