//! Money received: written down, allocated to the oldest debt, and felt by the service at once.

mod list;
mod record;

pub use list::{list, show};
pub use record::record;
