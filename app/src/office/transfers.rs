//! Transfers that were reported: the queue, and deciding about one.

pub mod api;
mod detail;
mod list;
mod new;

pub use detail::TransferPage;
pub use list::TransfersPage;
pub use new::NewTransferPage;
