//! Equipment that routers told of: a list to act on.

pub mod api;
mod detail;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod list;

pub use detail::MacPage;
pub use list::MacsPage;

use domain::views::macs::MacState;
use leptos::prelude::*;

use crate::{
    i18n::Words,
    ui::{badge::Badge, icon::Icon, tone::Tone},
};

fn state_name(state: MacState, t: Words) -> &'static str {
    match state {
        MacState::Unknown => t.macs.state_unknown(),
        MacState::Known => t.macs.state_known(),
        MacState::Ignored => t.macs.state_ignored(),
    }
}

fn state_badge(state: MacState, t: Words) -> AnyView {
    let (tone, icon) = match state {
        MacState::Unknown => (Tone::Warn, Icon::Alert),
        MacState::Known => (Tone::Ok, Icon::Check),
        MacState::Ignored => (Tone::Neutral, Icon::Pause),
    };
    view! { <Badge tone icon label=state_name(state, t)/> }.into_any()
}
