//! Routers: the records, and who talks to them now.

mod base;
mod lease;
mod list;
mod places;
mod records;

pub use base::{Base, base, base_versions, save_base};
pub use lease::{LeasedRouter, close_breaker, failed, lease, lease_one, reached, unlease};
pub use list::{choices, detail, disagreeing, list};
pub use places::{place, position};
pub use records::{RouterAccess, RouterRecord, access, add, save};
