//! Money received: written down, allocated to the oldest debt, and felt by the service at once.

mod counter;
mod list;
mod record;
mod take;

pub use counter::counter;
pub(crate) use counter::counter_of;
pub use list::{list, show};
pub use record::record;
pub(crate) use take::{Payment, refuse_known_transfer, take};
