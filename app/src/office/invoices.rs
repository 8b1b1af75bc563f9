//! Invoices and credit notes: what was billed, how it stands, and what paid it.

pub mod api;
mod detail;
mod list;

pub use detail::InvoicePage;
pub use list::InvoicesPage;
