//! The frame of pages that anybody may see: signing in, a lost password, a page that is not there.

use leptos::prelude::*;

use super::{Brand, SkipLink};
use crate::preferences::{LanguageSwitch, ThemeSwitch};

#[component]
pub fn PublicLayout(children: Children) -> impl IntoView {
    view! {
        <SkipLink/>
        <div class="public" data-density="portal">
            <header class="public-bar"><Brand href="/"/></header>
            <main class="public-content" id="content" tabindex="-1">{children()}</main>
            <footer class="public-foot">
                <LanguageSwitch/>
                <ThemeSwitch/>
            </footer>
        </div>
    }
}
