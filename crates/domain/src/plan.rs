//! What is sold.

use serde::{Deserialize, Serialize};

use crate::ids::TaxId;
use crate::money::Currency;
use crate::price::UnitPrice;
use crate::words::words;

words! {
    pub enum PlanKind {
        /// A connection with a speed.
        Internet = "internet",
        /// Something beside it, without a speed of its own: a fixed address, television.
        Addon = "addon",
    }
}

/// A speed as the customer sees it, in kbit/s.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Speed {
    pub down_kbps: u32,
    pub up_kbps: u32,
}

impl Speed {
    /// What is left of it at so many percent: enough to read a mail and pay.
    #[must_use]
    pub fn slowed_to(self, percent: u16) -> Self {
        const LEAST_KBPS: u32 = 64;
        let slowed = |kbps: u32| (kbps.saturating_mul(percent.into()) / 100).max(LEAST_KBPS).min(kbps);
        Self { down_kbps: slowed(self.down_kbps), up_kbps: slowed(self.up_kbps) }
    }
}

/// For a while more than was sold: up to `limit` until the average of `seconds` reaches `threshold`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Burst {
    pub limit: Speed,
    pub threshold: Speed,
    pub seconds: u16,
}

/// What is offered, at which price for a whole period, with the tax in it where the tax is included. Contracts keep the
/// price they were sold at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanFacts {
    pub code: String,
    pub name: String,
    pub kind: PlanKind,
    /// Exactly when the kind is `Internet`.
    pub speed: Option<Speed>,
    /// Only with a speed.
    pub burst: Option<Burst>,
    pub price: UnitPrice,
    pub currency: Currency,
    pub tax: TaxId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slowed_connection_is_slower_and_never_dead() {
        let speed = |down_kbps, up_kbps| Speed { down_kbps, up_kbps };
        assert_eq!(speed(51_200, 10_240).slowed_to(25), speed(12_800, 2_560));
        assert_eq!(speed(512, 128).slowed_to(1), speed(64, 64));
        assert_eq!(speed(32, 32).slowed_to(50), speed(32, 32));
    }
}
