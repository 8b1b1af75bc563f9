//! What anybody may see.

pub mod api;
pub mod forgot;
pub mod invited;
pub mod not_found;
pub mod reset;
pub mod sign_in;
pub mod unsubscribe;
