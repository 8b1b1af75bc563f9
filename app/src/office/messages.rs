//! Messages to customers: what was sent, in which words, and how each customer wants to be reached.

pub mod api;
mod detail;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod list;
mod preference;
mod settings;
mod template;

pub use detail::MessagePage;
pub use list::MessagesPage;
pub use preference::PreferencePage;
pub use settings::MessageSettingsPage;
pub use template::MessageTemplatePage;
