//! Bringing a provider over from the system that it used before.

pub mod odoo;
