//! A figure: its name, what it is, the list behind it, and on demand what exactly it counts.

use leptos::prelude::*;

use crate::{
    i18n::words,
    surroundings::may,
    ui::{icon::Icon, tone::Tone},
};

/// `may_open` is the permit that the list behind it asks for: without it, the figure is only told.
#[component]
pub(super) fn Figure(
    #[prop(into)] label: String,
    #[prop(into)] value: String,
    #[prop(optional, into)] note: String,
    #[prop(into)] about: String,
    href: &'static str,
    may_open: &'static str,
    #[prop(optional)] tone: Tone,
) -> impl IntoView {
    let t = words();
    let number = view! {
        <span class="stat-label">{label.clone()}</span>
        <span class="stat-value">{value}</span>
        {(!note.is_empty()).then(|| view! { <span class="stat-note">{note}</span> })}
    };
    let shown = match may(may_open) {
        true => view! { <a class="stat" data-tone=tone.word() href=href>{number}</a> }.into_any(),
        false => view! { <div class="stat" data-tone=tone.word()>{number}</div> }.into_any(),
    };
    view! {
        <div class="stat-box">
            {shown}
            <details class="stat-about">
                <summary>
                    {Icon::Info.view()}
                    <span class="visually-hidden">{t.dashboard.definition(label)}</span>
                </summary>
                <p>{about}</p>
            </details>
        </div>
    }
}
