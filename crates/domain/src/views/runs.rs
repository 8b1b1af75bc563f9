//! The nights: what each expected, did and left out, and what it would have cut.

use serde::{Deserialize, Serialize};

use super::collections::ProposedCut;
use super::dashboard::{LastRun, Parked};
use super::list::Page;
use crate::collections::Stop;

/// A night's page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunDetail {
    pub run: LastRun,
    /// Whom it left out, whether or not that was mended since.
    pub parked: Vec<Parked>,
    /// Why it cut nobody.
    pub stops: Vec<Stop>,
    /// It can be approved: it stopped, nobody approved it yet, and no later night has run.
    pub waits: bool,
    /// Whom it would have cut.
    pub proposed: Page<ProposedCut>,
}
