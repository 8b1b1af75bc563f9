//! Captive portals: who is in, what their routers were read to hold, and what can be reached without signing in.

pub mod api;
mod detail;
mod edit;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod list;
mod login_page;
mod parts;
mod profiles;
mod users;

pub use detail::HotspotPage;
pub use edit::{EditHotspotPage, NewHotspotPage};
pub use list::HotspotsPage;
pub use profiles::{EditProfilePage, NewProfilePage, ProfilesPage};
pub use users::{EditHotspotUserPage, NewHotspotUserPage};

use domain::network::RouterMode;
use domain::views::hotspots::HotspotRow;
use leptos::prelude::*;

use crate::{
    i18n::Words,
    parts::because::because,
    surroundings::local,
    ui::{badge::Badge, format, icon::Icon, page::Tabs, tone::Tone},
};

fn badge(row: &HotspotRow, t: Words) -> AnyView {
    let (tone, icon, label) = state(row, t);
    view! { <Badge tone icon label/> }.into_any()
}

fn state(row: &HotspotRow, t: Words) -> (Tone, Icon, &'static str) {
    match (row.enabled, row.mode, &row.problem) {
        (false, ..) => (Tone::Neutral, Icon::Pause, t.hotspot.state_off()),
        (_, _, Some(_)) => (Tone::Danger, Icon::Alert, t.hotspot.state_problem()),
        (_, RouterMode::DryRun, _) => (Tone::Neutral, Icon::Pause, t.hotspot.state_dry_run()),
        (_, RouterMode::Live, None) if row.is_late => (Tone::Warn, Icon::Alert, t.hotspot.state_late()),
        (_, RouterMode::Live, None) => (Tone::Ok, Icon::Signal, t.hotspot.state_on()),
    }
}

/// How it stands, and since when that is known.
fn story(row: &HotspotRow, t: Words) -> String {
    match (row.enabled, row.mode, &row.problem, row.looked_at) {
        (false, ..) => t.hotspot.story_off().to_owned(),
        (_, _, Some(why), _) => t.hotspot.story_problem(because(why, t)),
        (_, RouterMode::DryRun, ..) => t.hotspot.story_dry_run().to_owned(),
        (.., None) => t.hotspot.story_waiting().to_owned(),
        (.., Some(at)) if row.is_late => t.hotspot.story_late(format::date_time(local(at), t)),
        (.., Some(at)) => t.hotspot.story_ok(format::date_time(local(at), t)),
    }
}

/// The pages about hotspots, and beside them those about vouchers.
pub(super) fn tabs(open: &'static str, t: Words) -> AnyView {
    let tabs = [
        (t.hotspot.hotspots(), "/office/hotspots"),
        (t.hotspot.profiles(), "/office/hotspots/profiles"),
        (t.hotspot.batches(), "/office/vouchers/batches"),
        (t.hotspot.vouchers(), "/office/vouchers"),
    ];
    let tabs = tabs.map(|(name, href)| (name.to_owned(), href.to_owned(), href == open));
    view! { <Tabs tabs=tabs.to_vec() label=t.hotspot.hotspots()/> }.into_any()
}

/// `2 h 5 min`, or `35 s`.
pub(super) fn span(seconds: i64) -> String {
    let (days, hours, minutes) = (seconds / 86_400, seconds % 86_400 / 3600, seconds % 3600 / 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (days, hours, _) => format!("{days} d {hours} h"),
    }
}

/// `12.3 MB`
pub(super) fn size(bytes: i64) -> String {
    let (unit, name) = match bytes {
        0..1_048_576 => (1024, "KB"),
        1_048_576..1_073_741_824 => (1_048_576, "MB"),
        _ => (1_073_741_824, "GB"),
    };
    let tenths = bytes.saturating_mul(10) / unit;
    format!("{}.{} {name}", tenths / 10, tenths % 10)
}
