//! A figure: its name, what it is, the list behind it, and on demand what exactly it counts.

use leptos::prelude::*;

use super::links::if_may;
use crate::{
    i18n::words,
    ui::{icon::Icon, tone::Tone},
};

/// `may_open` is the permit that the list behind it asks for: without it, the figure is only told.
#[component]
pub(super) fn Figure(
    #[prop(into)] label: String,
    #[prop(into)] value: String,
    #[prop(optional, into)] note: String,
    #[prop(into)] about: String,
    #[prop(into)] href: String,
    may_open: &'static str,
    #[prop(optional)] tone: Tone,
) -> impl IntoView {
    let number = view! {
        <span class="stat-label">{label.clone()}</span>
        <span class="stat-value">{value}</span>
        {(!note.is_empty()).then(|| view! { <span class="stat-note">{note}</span> })}
    };
    let href = if_may(may_open, href);
    let shown = match href.is_empty() {
        false => view! { <a class="stat" data-tone=tone.word() href=href>{number}</a> }.into_any(),
        true => view! { <div class="stat" data-tone=tone.word()>{number}</div> }.into_any(),
    };
    view! {
        <div class="stat-box">
            {shown}
            <About label about/>
        </div>
    }
}

/// What a figure or a chart counts, for who asks.
#[component]
pub(super) fn About(#[prop(into)] label: String, #[prop(into)] about: String) -> impl IntoView {
    let t = words();
    view! {
        <details class="stat-about">
            <summary>
                {Icon::Info.view()}
                <span class="visually-hidden">{t.dashboard.definition(label)}</span>
            </summary>
            <p>{about}</p>
        </details>
    }
}

/// Figures under a heading of their own.
#[component]
pub(super) fn Group(#[prop(into)] title: String, children: Children) -> impl IntoView {
    view! {
        <section class="stat-group">
            <h2 class="stat-group-title">{title}</h2>
            {children()}
        </section>
    }
}

/// A chart in a panel, with what it counts.
#[component]
pub(super) fn Charted(#[prop(into)] label: String, #[prop(into)] about: String, children: Children) -> impl IntoView {
    view! {
        <div class="stat-box">
            <div class="card">{children()}</div>
            <About label about/>
        </div>
    }
}

/// What should be nothing stands out when it is something.
pub(super) const fn tone_of(count: i64, something: Tone) -> Tone {
    if count > 0 { something } else { Tone::Neutral }
}
