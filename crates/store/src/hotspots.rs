//! Captive portals: the records, what a look at a router needs of them, and what was read there.

mod list;
mod look;
mod parts;
mod profiles;
mod records;

pub use list::{choices, detail, list, sessions};
pub use look::{LookFacts, StoredUser, facts, save_reading, save_sessions, want_end};
pub use parts::{
    add_binding, add_garden, add_user, edit_user, of_binding, of_garden, of_user, remove_binding, remove_garden, user,
};
pub use profiles::{add_profile, edit_profile, hotspots_of_profile, profile, profile_choices, profiles};
pub use records::{HotspotRecord, add, all, edit, lock, record, unwatched, want_page};
