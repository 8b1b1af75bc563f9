//! Outages: parts of the network that are down.

pub mod api;
mod list;
mod new;

pub use list::OutagesPage;
pub use new::NewOutagePage;
