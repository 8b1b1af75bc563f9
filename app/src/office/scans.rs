//! Scans: what routers were found to hold beside what they should.

pub mod api;
mod detail;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod list;
mod settings;

pub use detail::ScanPage;
pub(super) use list::Effects;
pub use list::ScansPage;
pub use settings::NetworkSettingsPage;

use domain::network::{Difference, ScanEffect, Verdict};
use domain::views::scans::{ScanFound, ScanState};
use leptos::prelude::*;

use crate::{
    i18n::{Words, words},
    ui::{badge::Badge, icon::Icon, tone::Tone},
};

pub(super) fn state_name(state: ScanState, t: Words) -> &'static str {
    match state {
        ScanState::Waiting => t.scans.state_waiting(),
        ScanState::Running => t.scans.state_running(),
        ScanState::Done => t.scans.state_done(),
        ScanState::Failed => t.scans.state_failed(),
    }
}

/// A scan that is done is told by what it found.
pub(super) fn state_badge(state: ScanState, found: Option<&ScanFound>, t: Words) -> AnyView {
    let (tone, icon, label) = match (state, found) {
        (ScanState::Done, Some(found)) if found.agrees() => (Tone::Ok, Icon::Check, t.scans.agrees()),
        (ScanState::Done, _) => (Tone::Warn, Icon::Alert, t.scans.differs()),
        (ScanState::Waiting, _) => (Tone::Accent, Icon::Clock, state_name(state, t)),
        (ScanState::Running, _) => (Tone::Accent, Icon::Play, state_name(state, t)),
        (ScanState::Failed, _) => (Tone::Danger, Icon::Alert, state_name(state, t)),
    };
    view! { <Badge tone icon label/> }.into_any()
}

pub(super) fn effect_name(effect: ScanEffect, t: Words) -> &'static str {
    match effect {
        ScanEffect::Look => t.scans.effect_look(),
        ScanEffect::Mend => t.scans.effect_mend(),
        ScanEffect::MendAll => t.scans.effect_mend_all(),
    }
}

pub(super) fn verdict_name(verdict: Verdict, t: Words) -> &'static str {
    match verdict {
        Verdict::Missing => t.scans.missing(),
        Verdict::Different => t.scans.different(),
        Verdict::Orphaned => t.scans.orphaned(),
        Verdict::Foreign => t.scans.foreign(),
        Verdict::Refused => t.scans.refused(),
    }
}

pub(super) fn verdict_badge(verdict: Verdict, t: Words) -> AnyView {
    let (tone, icon) = match verdict {
        Verdict::Missing => (Tone::Danger, Icon::Plus),
        Verdict::Different => (Tone::Warn, Icon::Edit),
        Verdict::Orphaned => (Tone::Warn, Icon::Close),
        Verdict::Foreign => (Tone::Neutral, Icon::Info),
        Verdict::Refused => (Tone::Danger, Icon::Alert),
    };
    view! { <Badge tone icon label=verdict_name(verdict, t)/> }.into_any()
}

/// `profile: plan-10M → ramal-10240-2048`, a line for each.
pub(super) fn differences(differences: Vec<Difference>) -> AnyView {
    let t = words();
    let or_none = move |text: String| if text.is_empty() { t.scans.nothing().to_owned() } else { text };
    let lines = differences.into_iter().map(|one| {
        view! {
            <li>
                <span class="muted">{one.attribute}": "</span>
                <code>{or_none(one.read)}</code>" → "<code>{or_none(one.wanted)}</code>
            </li>
        }
    });
    view! { <ul class="differences">{lines.collect_view()}</ul> }.into_any()
}
