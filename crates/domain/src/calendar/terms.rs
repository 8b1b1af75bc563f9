use serde::{Deserialize, Serialize};

use super::{AnchorDay, Every};
use crate::words::words;

words! {
    /// Whether a period is invoiced when it starts or when it has ended.
    pub enum BillingMode {
        Prepaid = "prepaid",
        Postpaid = "postpaid",
    }
}

words! {
    /// What somebody pays who does not start on the billing day, up to the first billing day.
    pub enum FirstPeriod {
        Prorate = "prorate",
        Full = "full",
        Free = "free",
    }
}

words! {
    /// What somebody pays who leaves in the middle of a period.
    pub enum LastPeriod {
        Prorate = "prorate",
        /// No share is given back for the days after the end, which is how Odoo bills.
        Full = "full",
    }
}

/// How a recurring line is billed. Every combination makes sense; days and weeks ignore the anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BillingTerms {
    pub every: Every,
    pub anchor: AnchorDay,
    pub mode: BillingMode,
    pub first: FirstPeriod,
    pub last: LastPeriod,
}

impl BillingTerms {
    /// Monthly in advance, the first part month by days: what a provider offers unless told otherwise.
    pub fn monthly(anchor: AnchorDay) -> Self {
        Self {
            every: Every::MONTH,
            anchor,
            mode: BillingMode::Prepaid,
            first: FirstPeriod::Prorate,
            last: LastPeriod::Prorate,
        }
    }
}
