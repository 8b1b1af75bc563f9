//! What implements `workflows::ports`.

pub mod lists;
pub mod mail;
pub mod mikrotik;
pub mod stripe;
pub mod webhook;
