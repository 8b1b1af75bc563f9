//! Invoices and credit notes: what was billed, how it stands, and what paid it.

pub mod api;
mod detail;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod list;

pub use detail::InvoicePage;
pub use list::InvoicesPage;
