//! Equipment to be collected.

pub mod api;
mod detail;
mod list;

pub use detail::CollectionOrderPage;
pub use list::CollectionOrdersPage;
