//! Money received: written down, allocated to the oldest debt, and felt by the service at once.

mod counter;
mod list;
mod record;

pub use counter::counter;
pub use list::{list, show};
pub use record::record;
