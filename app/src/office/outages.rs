//! Outages: parts of the network that are down.

pub mod api;
mod detail;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod list;
mod new;

pub use detail::OutagePage;
pub use list::OutagesPage;
pub use new::NewOutagePage;
