//! Equipment to be collected.

pub mod api;
mod detail;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod list;

pub use detail::CollectionOrderPage;
pub use list::CollectionOrdersPage;
