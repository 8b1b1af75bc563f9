//! The steps of a router: which are done, and what the others would send.

use domain::onboarding::{PlannedStep, Step};
use leptos::prelude::*;

use super::step_name;
use crate::{
    i18n::words,
    ui::{badge::Badge, icon::Icon, tone::Tone},
};

/// `next`: none when all are done.
#[component]
pub(super) fn Steps(next: Option<Step>, plan: Vec<PlannedStep>) -> impl IntoView {
    let steps = Step::ALL.iter().map(|step| {
        let planned = plan.iter().find(|planned| planned.step == *step).map(|planned| planned.commands.clone());
        view! { <Row step=*step next planned/> }
    });
    view! { <ol class="steps">{steps.collect_view()}</ol> }
}

#[component]
fn Row(step: Step, next: Option<Step>, planned: Option<Vec<String>>) -> impl IntoView {
    let t = words();
    let (tone, icon, label) = match next {
        Some(next) if step == next => (Tone::Accent, Icon::Right, t.onboarding.step_next()),
        Some(next) if step > next => (Tone::Neutral, Icon::Clock, t.onboarding.step_later()),
        _ => (Tone::Ok, Icon::Check, t.onboarding.step_done()),
    };
    let is_done = next.is_none_or(|next| step < next);
    let planned = planned.filter(|_| !is_done).map(|commands| {
        if commands.is_empty() {
            return view! { <p class="muted">{t.onboarding.nothing_to_send()}</p> }.into_any();
        }
        let commands = commands.into_iter().map(|command| view! { <li><code>{command}</code></li> });
        view! {
            <p class="muted">{t.onboarding.will_send()}</p>
            <ul class="commands">{commands.collect_view()}</ul>
        }
        .into_any()
    });
    view! {
        <li class="step">
            <p class="step-head"><Badge tone icon label/><strong>{step_name(step, t)}</strong></p>
            {planned}
        </li>
    }
}
