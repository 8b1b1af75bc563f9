//! Equipment to be collected: an order is opened when a contract comes onto the removal list, and closed by whoever has
//! the equipment, or by the payment that makes it unnecessary.

mod close;
mod list;
mod open;

pub use close::close;
pub use list::{list, show};
pub(crate) use open::{no_longer_needed, open};
