//! Rows of other systems become ours.

pub mod api;
mod choose;
mod detail;

pub use choose::AdoptPage;
pub use detail::AdoptionPage;
