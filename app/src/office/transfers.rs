//! Transfers that were reported: the queue, and deciding about one.

pub mod api;
mod detail;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod list;
mod new;

pub use detail::TransferPage;
pub use list::TransfersPage;
pub use new::NewTransferPage;
