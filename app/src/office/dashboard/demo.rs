//! A demo's clock: it shows in minutes what a provider sees in months.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::AdvanceDemo;
use crate::{
    i18n::words,
    ui::{
        card::Card,
        form::{Form, FormState},
        icon::Icon,
        notice::Notice,
        tone::Tone,
    },
};

/// How far its buttons move it, in days.
const STEPS: [i64; 3] = [1, 7, 15];

#[component]
pub(super) fn DemoClock(advance: FormState<AdvanceDemo>) -> impl IntoView {
    let t = words();
    let pending = advance.pending();
    let steps = STEPS.map(|days| {
        view! {
            <button type="submit" class="button" data-variant="secondary" name="days" value=days.to_string() disabled=pending>
                {Icon::Clock.view()}
                <span>{t.dashboard.demo_advance(days)}</span>
            </button>
        }
    });
    view! {
        <Card title=t.dashboard.demo()>
            <p>{t.dashboard.demo_hint()}</p>
            <div>
                <Form state=advance>
                    <div class="form-actions">{steps.into_iter().collect_view()}</div>
                </Form>
            </div>
            <Progress pending/>
        </Card>
    }
}

/// That it takes a while, that it is under way, and how far it was moved: the last is in the address.
#[component]
fn Progress(pending: Signal<bool>) -> impl IntoView {
    let t = words();
    let query = use_query_map();
    let moved = Memo::new(move |_| query.read().get_str("moved")?.parse::<i64>().ok());
    let told = move || match (pending.get(), moved.get()) {
        (true, _) => view! { <p class="muted">{t.dashboard.demo_running()}</p> }.into_any(),
        (false, Some(days)) => {
            view! { <Notice tone=Tone::Ok icon=Icon::Check title=t.dashboard.demo_moved(days)/> }.into_any()
        }
        (false, None) => view! { <p class="muted">{t.dashboard.demo_patience()}</p> }.into_any(),
    };
    view! { <div role="status">{told}</div> }
}
