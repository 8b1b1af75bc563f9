//! Routers that were found and are to become ours.

mod list;
mod records;

pub use list::{detail, list};
pub use records::{
    Found, Onboarding, Secrets, access, add, forget, is_in_inventory, not_planned, opened, prepare, save_certificate,
    save_plan, save_secrets, save_step,
};
