//! What is sold.

use serde::{Deserialize, Serialize};

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
