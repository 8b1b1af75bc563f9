//! Outages: parts of the network that are down.

pub mod api;
mod detail;
mod list;
mod new;

pub use detail::OutagePage;
pub use list::OutagesPage;
pub use new::NewOutagePage;
