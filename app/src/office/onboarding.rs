//! Routers from the factory: finding them, seeing what would be sent, and taking them through their steps.

pub mod api;
mod detail;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod list;
mod secrets;
mod steps;

pub use detail::OnboardingPage;
pub use list::OnboardingsPage;
pub use secrets::SecretsPage;

use std::time::Duration;

use domain::onboarding::Step;
use domain::views::onboarding::OnboardingState;
use leptos::{leptos_dom::helpers::set_interval_with_handle, prelude::*};

use crate::{
    i18n::Words,
    ui::{badge::Badge, icon::Icon, tone::Tone},
};

#[must_use]
pub fn step_name(step: Step, t: Words) -> &'static str {
    match step {
        Step::Read => t.onboarding.step_read(),
        Step::Backup => t.onboarding.step_backup(),
        Step::Users => t.onboarding.step_users(),
        Step::Admin => t.onboarding.step_admin(),
        Step::Certificate => t.onboarding.step_certificate(),
        Step::Services => t.onboarding.step_services(),
        Step::Identity => t.onboarding.step_identity(),
        Step::Firewall => t.onboarding.step_firewall(),
        Step::Register => t.onboarding.step_register(),
    }
}

fn state_name(state: OnboardingState, t: Words) -> &'static str {
    match state {
        OnboardingState::Locked => t.onboarding.state_locked(),
        OnboardingState::Found => t.onboarding.state_found(),
        OnboardingState::Planned => t.onboarding.state_planned(),
        OnboardingState::Working => t.onboarding.state_working(),
        OnboardingState::Stopped => t.onboarding.state_stopped(),
        OnboardingState::Registered => t.onboarding.state_registered(),
    }
}

fn state_badge(state: OnboardingState, t: Words) -> AnyView {
    let (tone, icon) = match state {
        OnboardingState::Locked => (Tone::Warn, Icon::Alert),
        OnboardingState::Found => (Tone::Neutral, Icon::Router),
        OnboardingState::Planned => (Tone::Accent, Icon::Play),
        OnboardingState::Working => (Tone::Accent, Icon::Clock),
        OnboardingState::Stopped => (Tone::Danger, Icon::Alert),
        OnboardingState::Registered => (Tone::Ok, Icon::Check),
    };
    view! { <Badge tone icon label=state_name(state, t)/> }.into_any()
}

/// While work goes on, asks every other second; for ten minutes at most.
fn keep_asking(ask: impl Fn() + Clone + 'static) {
    const EVERY: Duration = Duration::from_secs(2);
    const TIMES: u32 = 300;
    Effect::new(move || {
        let (ask, asked) = (ask.clone(), StoredValue::new(0));
        let tick = move || {
            asked.update_value(|asked| *asked += 1);
            if asked.get_value() <= TIMES {
                ask();
            }
        };
        if let Ok(timer) = set_interval_with_handle(tick, EVERY) {
            on_cleanup(move || timer.clear());
        }
    });
}
