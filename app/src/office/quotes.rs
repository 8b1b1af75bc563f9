//! Quotes: the list, one of them, drafting, and taking money for one.

pub mod api;
mod detail;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod lines;
mod list;
mod new;
mod pay;

pub use detail::QuotePage;
pub use list::QuotesPage;
pub use new::NewQuotePage;
pub use pay::PayQuotePage;
