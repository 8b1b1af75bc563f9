//! Money received: written down, allocated to the oldest debt, and felt by the service at once.

mod counter;
mod list;
mod record;
mod take;

pub use counter::counter;
pub(crate) use counter::counter_of;
pub use list::{list, show};
pub use record::record;
pub(crate) use record::record_for;
pub(crate) use take::{Payment, reconcile, refuse_known_transfer, take, write_down};
