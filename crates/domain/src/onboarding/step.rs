//! The steps, in their order.

use serde::{Deserialize, Serialize};

use crate::words::words;

words! {
    /// What is done with a router, one after the other.
    pub enum Step {
        /// Read what it is and what its device mode forbids.
        Read = "read",
        /// A backup with a password, and an export, before the first change.
        Backup = "backup",
        /// A group with the least rights, our user and the rescue user; both must be able to log in.
        Users = "users",
        /// The factory's user is disabled.
        Admin = "admin",
        /// A certificate of its own for `api-ssl`, which is then used and pinned.
        Certificate = "certificate",
        /// The services that speak in clear are turned off.
        Services = "services",
        Identity = "identity",
        /// Only the server reaches what the router is managed by.
        Firewall = "firewall",
        /// It becomes a router of the inventory.
        Register = "register",
    }
}

impl Step {
    pub const FIRST: Self = Self::Read;

    /// What comes after it; none after the last.
    pub fn next(self) -> Option<Self> {
        Self::ALL.iter().copied().find(|step| *step > self)
    }

    /// Whether the factory's user is needed, and is still there.
    pub fn as_admin(self) -> bool {
        self <= Self::Admin
    }

    /// Whether our own certificate protects it.
    pub fn is_encrypted(self) -> bool {
        self > Self::Certificate
    }
}

/// What a step would send, for somebody to read before it is sent: secrets are masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedStep {
    pub step: Step,
    pub commands: Vec<String>,
}
