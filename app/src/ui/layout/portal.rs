//! The customer's frame: one column, big targets.

use leptos::prelude::*;

use super::{Account, AccountMenu, Brand, Place, Places, SkipLink};
use crate::{i18n::words, ui::notice::DoneNotice};

/// On a phone the places are at the bottom, under the thumb.
#[component]
pub fn PortalLayout(
    places: Vec<Place>,
    home: &'static str,
    account: Option<Account>,
    children: Children,
) -> impl IntoView {
    let t = words();
    view! {
        <SkipLink/>
        <div class="portal" data-density="portal">
            <header class="portal-bar">
                <Brand href=home/>
                <nav class="portal-places" aria-label=t.common.main_navigation()>
                    <Places places/>
                </nav>
                <AccountMenu account/>
            </header>
            <main class="portal-content" id="content" tabindex="-1">
                <DoneNotice/>
                {children()}
            </main>
        </div>
    }
}
