//! How full a box or a port is, and what light loses on its way.

use domain::plant::{Fill, FillLevel, OpticalLoss, Ways};
use leptos::prelude::*;

use crate::{
    i18n::{Words, words},
    ui::{badge::Badge, icon::Icon, tone::Tone},
};

#[must_use]
pub fn fill_word(level: FillLevel, t: Words) -> &'static str {
    match level {
        FillLevel::Full => t.plant.full(),
        FillLevel::Free => t.plant.free(),
        FillLevel::Bare => t.plant.bare(),
    }
}

/// `Llena: 16 de 16`
#[must_use]
pub fn fill_badge(fill: Fill, t: Words) -> AnyView {
    let (tone, icon, label) = match fill.level() {
        FillLevel::Full => (Tone::Danger, Icon::Cut, t.plant.full_of(fill.ports)),
        FillLevel::Free if fill.percent() >= 80 => (Tone::Warn, Icon::Clock, t.plant.free_of(fill.free(), fill.ports)),
        FillLevel::Free => (Tone::Ok, Icon::Check, t.plant.free_of(fill.free(), fill.ports)),
        FillLevel::Bare => (Tone::Neutral, Icon::Info, t.plant.bare().to_owned()),
    };
    view! { <Badge tone icon label/> }.into_any()
}

/// `1:4 → 1:8`
#[must_use]
pub fn path_words(path: &[Ways]) -> String {
    path.iter().map(|ways| format!("1:{ways}")).collect::<Vec<_>>().join(" → ")
}

/// The loss, and a warning when no optics make up for it.
#[component]
pub fn Loss(loss: OpticalLoss) -> impl IntoView {
    let t = words();
    let (tone, icon) = if loss.is_too_much() { (Tone::Danger, Icon::Alert) } else { (Tone::Ok, Icon::Check) };
    let label = if loss.is_too_much() { t.plant.loss_too_much(loss) } else { t.plant.loss_of(loss) };
    view! { <Badge tone icon label/> }
}
