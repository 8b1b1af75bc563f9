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

/// What is offered, at which price for a whole period, with the tax in it where the tax is included. Contracts keep the
/// price they were sold at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanFacts {
    pub code: String,
    pub name: String,
    pub kind: PlanKind,
    /// Exactly when the kind is `Internet`.
    pub speed: Option<Speed>,
    pub price: UnitPrice,
    pub currency: Currency,
    pub tax: TaxId,
}
