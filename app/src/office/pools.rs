//! Networks whose addresses are given to services, and who has which.

pub mod api;
mod detail;
mod edit;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod fields;
mod list;
mod reservations;

pub use detail::PoolPage;
pub use edit::{EditPoolPage, NewPoolPage};
pub use list::PoolsPage;
