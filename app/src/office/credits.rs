//! Credit notes: what is taken back of an issued invoice, shown before it is done.

pub mod api;
mod page;

pub use page::CreditPage;
