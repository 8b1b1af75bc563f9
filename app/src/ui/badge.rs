//! States: icon, word and colour together.

use leptos::prelude::*;

use super::{icon::Icon, tone::Tone};

/// A state in a word. Which state has which word, icon and tone is decided once, in `parts`.
#[component]
pub fn Badge(#[prop(optional)] tone: Tone, icon: Icon, #[prop(into)] label: String) -> impl IntoView {
    view! {
        <span class="badge" data-tone=tone.word()>
            {icon.view()}
            {label}
        </span>
    }
}
