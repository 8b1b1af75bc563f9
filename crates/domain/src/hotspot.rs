//! Captive portals: what a router's hotspot should hold, how that differs from what it holds, and what vouchers are worth.
//! No IO.
//!
//! A voucher is a user of the hotspot on the router of its place, known by its code and without a password. The router
//! lets people in by itself, so that a voucher works while the server, or the way to it, is down. The server looks at the
//! router's users and sessions, and is the one who knows when a voucher was first used and when it ends: a router's clock
//! may stand at 1970, and its dates change their form with its version. From a router come only durations and counts.
//! Its own limits (`limit-uptime`, `limit-bytes-total`) are durations and counts too, and hold between two looks.
//!
//! Where a batch is for several places, the first use decides, in one statement of the database: elsewhere the voucher is
//! taken off, and a session that began there before anybody looked is ended at the look that finds it.
//!
//! Deliberately absent: two portals on one router, and scripts on routers.

mod code;
mod diff;
mod menu;
mod reading;
mod rows;
mod voucher;
mod wanted;
mod watch;

#[cfg(test)]
mod tests;

pub use code::{Code, NotACode};
pub use diff::{Action, Plan, diff};
pub use menu::HotspotMenu;
pub use reading::{AccountRead, Reading, SessionRead, seconds};
pub use rows::{Owner, Row};
pub use voucher::{EndReason, Limits, VoucherState, end_of_use};
pub use wanted::{
    AccountWanted, BindingKind, BindingWanted, GardenWanted, HotspotWanted, PageWanted, ProfileWanted, Reachable,
};
pub use watch::is_late;
