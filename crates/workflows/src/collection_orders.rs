//! Equipment to be collected: an order is opened when a contract comes onto the removal list, and closed by whoever has
//! the equipment, or by the payment that makes it unnecessary.

mod close;
mod follow;
mod list;

pub use close::close;
pub(crate) use close::collected;
pub(crate) use follow::{follow, order, order_ours};
pub use list::{list, show};
