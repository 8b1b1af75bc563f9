//! Invoices to look at, and voiding.

mod list;
mod void;

pub use list::{list, show};
pub use void::void;
