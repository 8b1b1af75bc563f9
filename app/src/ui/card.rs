//! Panels: a card with a title, a figure that is a link, a list of facts.

use leptos::prelude::*;

use super::tone::Tone;

/// A panel. `action` stands at the right of its title: a link, usually.
#[component]
pub fn Card(
    #[prop(optional, into)] title: String,
    #[prop(optional)] action: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    let head = (!title.is_empty()).then(|| {
        view! {
            <header class="card-head">
                <h2 class="card-title">{title}</h2>
                {action.map(|action| action.run())}
            </header>
        }
    });
    view! {
        <section class="card">
            {head}
            {children()}
        </section>
    }
}

/// A number with its name, leading to the list behind it.
#[component]
pub fn Stat(
    #[prop(into)] label: String,
    #[prop(into)] value: String,
    #[prop(into)] href: String,
    #[prop(optional)] tone: Tone,
    /// What makes the number plain: a part, a date, a comparison.
    #[prop(optional, into)]
    note: String,
) -> impl IntoView {
    view! {
        <a class="stat" href=href data-tone=tone.word()>
            <span class="stat-label">{label}</span>
            <span class="stat-value">{value}</span>
            {(!note.is_empty()).then(|| view! { <span class="stat-note">{note}</span> })}
        </a>
    }
}

/// Facts in pairs; put `Fact`s in it.
#[component]
pub fn Facts(children: Children) -> impl IntoView {
    view! { <dl class="facts">{children()}</dl> }
}

/// A name and what it is.
#[component]
pub fn Fact(#[prop(into)] label: String, children: Children) -> impl IntoView {
    view! {
        <div class="fact">
            <dt>{label}</dt>
            <dd>{children()}</dd>
        </div>
    }
}
