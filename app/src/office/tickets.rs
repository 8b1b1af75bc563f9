//! Tickets: the list, the desk of one, a new one, and what is promised.

pub mod api;
mod category;
mod detail;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod links;
mod list;
mod new;
mod settings;

pub use category::{CategoryPage, NewCategoryPage};
pub use detail::TicketPage;
pub use links::FaultLinks;
pub use list::TicketsPage;
pub use new::NewTicketPage;
pub use settings::TicketSettingsPage;
