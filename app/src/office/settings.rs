//! All that the provider decides once, in one place, and how the server itself is set.

pub mod api;
mod hub;
mod process;

pub use hub::{SettingsPage, has_settings};
pub use process::ProcessPage;
