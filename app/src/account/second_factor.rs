//! The second factor: where its code is typed at signing in and where it is set up, and its card on the account's page.

pub mod api;
mod card;
mod page;

pub use card::SecondFactorCard;
pub use page::SecondFactorPage;
