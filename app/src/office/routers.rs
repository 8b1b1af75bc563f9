//! Routers: where they are, whether they answer, and whether they obey or only write down.

mod agreement;
pub mod api;
mod base;
mod commands;
mod detail;
mod edit;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod fields;
pub mod leases;
mod list;

pub use commands::{ContractCommandsPage, RouterCommandsPage};
pub use detail::RouterPage;
pub use edit::{EditRouterPage, NewRouterPage};
pub use leases::{LeaseReportsPage, LeaseScriptPage};
pub use list::RoutersPage;

use domain::network::{LimitBy, RouterMode};
use domain::views::routers::RouterHealth;
use leptos::prelude::*;

use crate::{
    i18n::Words,
    ui::{badge::Badge, icon::Icon, tone::Tone},
};

fn mode_name(mode: RouterMode, t: Words) -> &'static str {
    match mode {
        RouterMode::DryRun => t.network.mode_dry_run(),
        RouterMode::Live => t.network.mode_live(),
    }
}

fn limit_name(limit: LimitBy, t: Words) -> &'static str {
    match limit {
        LimitBy::Lease => t.access.limit_lease(),
        LimitBy::Queue => t.access.limit_queue(),
    }
}

fn mode_badge(mode: RouterMode, t: Words) -> AnyView {
    let (tone, icon) = match mode {
        RouterMode::DryRun => (Tone::Neutral, Icon::Pause),
        RouterMode::Live => (Tone::Accent, Icon::Play),
    };
    view! { <Badge tone icon label=mode_name(mode, t)/> }.into_any()
}

fn health_name(health: RouterHealth, t: Words) -> &'static str {
    match health {
        RouterHealth::Unknown => t.network.health_unknown(),
        RouterHealth::Reached => t.network.health_reached(),
        RouterHealth::Failing => t.network.health_failing(),
    }
}

fn health_badge(health: RouterHealth, t: Words) -> AnyView {
    let (tone, icon) = match health {
        RouterHealth::Unknown => (Tone::Neutral, Icon::Clock),
        RouterHealth::Reached => (Tone::Ok, Icon::Signal),
        RouterHealth::Failing => (Tone::Danger, Icon::Alert),
    };
    view! { <Badge tone icon label=health_name(health, t)/> }.into_any()
}
