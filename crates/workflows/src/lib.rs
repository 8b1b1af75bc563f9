//! One verb per file: load, decide (in `domain`), save, audit, enqueue, in ONE transaction.
//!
//! Deliberately absent: SQL (in `store`), rules (in `domain`), devices and mail (behind `ports`).

pub mod clock;
mod context;
mod error;
pub mod permit;
mod record;
pub mod vault;

#[cfg(feature = "testing")]
pub mod testing;

pub use context::Context;
pub use error::{Error, Result};
