//! The story of a contract, or of all contracts of a customer, newest first.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::ContractId;
use crate::timeline::Event;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimelineEntry {
    pub at: DateTime<Utc>,
    /// The business date of `at`.
    pub on: NaiveDate,
    pub contract: Option<ContractId>,
    pub event: Event,
    /// A person's name, or that of a part of the system.
    pub actor: String,
    pub by_system: bool,
    pub for_customer: bool,
}
