//! The audit: who changed what.

pub mod api;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod list;
mod words;

pub use list::AuditPage;
