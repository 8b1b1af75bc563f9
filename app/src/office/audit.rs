//! The audit: who changed what.

pub mod api;
mod list;
mod words;

pub use list::AuditPage;
