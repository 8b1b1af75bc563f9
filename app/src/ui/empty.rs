//! Where nothing is.

use leptos::prelude::*;

use super::{button::LinkButton, icon::Icon};
use crate::i18n::words;

/// Where nothing is yet: says so, and what to do first. The children are the button that does it.
#[component]
pub fn EmptyState(
    icon: Icon,
    #[prop(into)] title: String,
    #[prop(optional, into)] hint: String,
    /// It is the whole page: its title is the page's heading.
    #[prop(optional)]
    whole_page: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let title = match whole_page {
        true => view! { <h1 class="empty-title">{title}</h1> }.into_any(),
        false => view! { <p class="empty-title">{title}</p> }.into_any(),
    };
    view! {
        <div class="empty">
            {icon.view()}
            {title}
            {(!hint.is_empty()).then(|| view! { <p class="empty-hint">{hint}</p> })}
            {children.map(|children| children())}
        </div>
    }
}

/// A list that its search or its filters left empty.
#[must_use]
pub fn nothing_found() -> AnyView {
    let t = words();
    view! {
        <EmptyState icon=Icon::Search title=t.common.nothing_found() hint=t.common.nothing_found_hint()>
            <LinkButton href="?">{t.common.show_all()}</LinkButton>
        </EmptyState>
    }
    .into_any()
}
