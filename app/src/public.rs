//! What anybody may see.

pub mod not_found;
pub mod sign_in;
