//! A router as a record.

use serde::{Deserialize, Serialize};

use crate::words::words;

words! {
    /// What is done with the commands for a router.
    #[derive(Default)]
    pub enum RouterMode {
        /// They are written down; nothing that changes it is sent.
        #[default]
        DryRun = "dry_run",
        Live = "live",
    }
}

/// What a router says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouterIdentity {
    /// `CHR`, `CCR2004-1G-12S+2XS`
    pub board: String,
    /// `7.20.8 (stable)`
    pub version: String,
}
