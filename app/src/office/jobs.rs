//! Jobs: what must happen outside the database, and how it went.

pub mod api;
mod detail;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod list;

pub use detail::JobPage;
pub use list::JobsPage;

use domain::views::jobs::{GatewayWork, JobKind, JobRow, JobState, JobSubject};
use leptos::prelude::*;

use crate::{
    i18n::Words,
    ui::{badge::Badge, icon::Icon, tone::Tone},
};

fn state_name(state: JobState, t: Words) -> &'static str {
    match state {
        JobState::Waiting => t.network.state_waiting(),
        JobState::Running => t.network.state_running(),
        JobState::Done => t.network.state_done(),
        JobState::GivenUp => t.network.state_given_up(),
        JobState::Cancelled => t.network.state_cancelled(),
    }
}

fn state_badge(state: JobState, t: Words) -> AnyView {
    let (tone, icon) = match state {
        JobState::Waiting => (Tone::Accent, Icon::Clock),
        JobState::Running => (Tone::Accent, Icon::Play),
        JobState::Done => (Tone::Ok, Icon::Check),
        JobState::GivenUp => (Tone::Danger, Icon::Alert),
        JobState::Cancelled => (Tone::Neutral, Icon::Close),
    };
    view! { <Badge tone icon label=state_name(state, t)/> }.into_any()
}

fn kind_name(kind: JobKind, t: Words) -> &'static str {
    match kind {
        JobKind::Provision => t.network.kind_provision(),
        JobKind::Message => t.network.kind_message(),
        JobKind::Hotspot => t.hotspot.hotspot(),
        JobKind::Base => t.access.kind_base(),
        JobKind::Scan => t.onboarding.kind_scan(),
        JobKind::Onboard => t.onboarding.kind_onboard(),
        JobKind::LeaseScript => t.macs.script(),
        JobKind::Gateway => t.gateway.job_kind(),
        JobKind::Drift => t.network.kind_scan(),
        JobKind::Adopt => t.network.kind_adopt(),
        JobKind::Preview => t.collections.kind_preview(),
    }
}

/// `Servicio de C00012 en R-Norte`
pub(super) fn subject(job: &JobRow, t: Words) -> String {
    match &job.subject {
        JobSubject::Service { contract_code, router_name, .. } => t.network.provision(contract_code, router_name),
        JobSubject::Message { to, .. } => t.network.message_to(to),
        JobSubject::Hotspot { name, router_name, .. } => t.hotspot.look_at(name, router_name),
        JobSubject::Router { router_name, .. } => t.access.base_of(router_name),
        JobSubject::Scan { range } => t.onboarding.job_scan(range),
        JobSubject::Onboard { host, .. } => t.onboarding.job_onboard(host),
        JobSubject::LeaseScript { router_name, .. } => t.macs.job_script(router_name),
        JobSubject::Drift { router_name, .. } => t.network.scan_of(router_name),
        JobSubject::Adopt { router_name, .. } => t.network.adoption_at(router_name),
        JobSubject::Gateway { work, .. } => gateway_work(*work, t).to_owned(),
        JobSubject::Preview => t.collections.kind_preview().to_owned(),
    }
}

fn gateway_work(work: GatewayWork, t: Words) -> &'static str {
    match work {
        GatewayWork::Event => t.gateway.job_event(),
        GatewayWork::Payment => t.gateway.job_payment(),
        GatewayWork::Refund => t.gateway.job_refund(),
    }
}
