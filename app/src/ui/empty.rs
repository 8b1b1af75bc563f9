//! Where nothing is.

use leptos::prelude::*;

use super::{icon::Icon, button::LinkButton};
use crate::i18n::words;

/// Where nothing is yet: says so, and what to do first. The children are the button that does it.
#[component]
pub fn EmptyState(
    icon: Icon,
    #[prop(into)] title: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            {icon.view()}
            <p class="empty-title">{title}</p>
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
