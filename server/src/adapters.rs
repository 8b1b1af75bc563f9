//! What implements `workflows::ports`.

pub mod mail;
pub mod mikrotik;
pub mod stripe;
pub mod webhook;
