//! The nights: what each expected, did and left out.

pub mod api;
mod detail;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod follow;
mod list;
mod preview;
mod words;

pub use detail::RunPage;
pub use list::RunsPage;
pub use preview::NextRunPage;
pub(super) use words::{because, step_name};
