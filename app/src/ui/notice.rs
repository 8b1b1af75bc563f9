//! A sentence that stands out: what happened, and the next step.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{icon::Icon, tone::Tone};
use crate::i18n::words;

/// A notice in the page. Give a live region around it when it appears while somebody works.
#[component]
pub fn Notice(
    #[prop(optional)] tone: Tone,
    icon: Icon,
    #[prop(into)] title: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="notice" data-tone=tone.word()>
            {icon.view()}
            <div class="notice-body">
                <p class="notice-title">{title}</p>
                {children.map(|children| children())}
            </div>
        </div>
    }
}

/// What was just done, from the address: a server function leads to `...?done=saved`. Layouts show it once for all
/// pages; what it does not know it does not show.
#[component]
pub fn DoneNotice() -> impl IntoView {
    let t = words();
    let query = use_query_map();
    let title = move || match query.read().get_str("done")? {
        "saved" => Some(t.common.done_saved()),
        "created" => Some(t.common.done_created()),
        "removed" => Some(t.common.done_removed()),
        "recorded" => Some(t.common.done_recorded()),
        "sent" => Some(t.common.done_sent()),
        "approved" => Some(t.common.done_approved()),
        "queued" => Some(t.common.done_queued()),
        _ => None,
    };
    view! {
        <div role="status" class="done">
            {move || title().map(|title| view! { <Notice tone=Tone::Ok icon=Icon::Check title/> })}
        </div>
    }
}
