//! Number series, and what reconnecting costs.

pub mod api;
mod page;

pub use page::NumbersPage;
