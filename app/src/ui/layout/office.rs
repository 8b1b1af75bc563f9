//! The staff's frame: a rail at the left, a bar at the bottom of a phone, a search that the keyboard opens.

use leptos::{ev, html, prelude::*};
use leptos_router::components::Form;

use super::{Account, AccountMenu, Brand, PlaceGroup, Places, SkipLink};
use crate::{
    i18n::words,
    ui::{icon::Icon, menu::Menu, notice::DoneNotice},
};

/// How many places fit beside "more" in a phone's bar.
const IN_BAR: usize = 4;

/// `search` is the list that the search box searches; `menu` begins with the most used.
#[component]
pub fn OfficeLayout(
    menu: Vec<PlaceGroup>,
    home: &'static str,
    search: &'static str,
    #[prop(into)] search_hint: String,
    account: Option<Account>,
    children: Children,
) -> impl IntoView {
    let t = words();
    let in_bar: Vec<_> = menu.iter().flat_map(|group| &group.places).take(IN_BAR).cloned().collect();
    view! {
        <SkipLink/>
        <div class="office" data-density="office">
            <aside class="rail" aria-label=t.common.product()>
                <Brand href=home/>
                <nav class="rail-places" aria-label=t.common.main_navigation()>
                    <PlaceGroups groups=menu.clone()/>
                </nav>
                <label class="rail-toggle">
                    <input type="checkbox" class="visually-hidden"/>
                    {Icon::Left.view()}
                    <span class="place-name">{t.common.narrow_menu()}</span>
                </label>
            </aside>
            <header class="top-bar">
                <GlobalSearch action=search hint=search_hint/>
                <AccountMenu account/>
            </header>
            <main class="content" id="content" tabindex="-1">
                <DoneNotice/>
                {children()}
            </main>
            <nav class="bottom-bar" aria-label=t.common.quick_navigation()>
                <Places places=in_bar/>
                <Menu id="more-menu" label=t.common.more() icon=Icon::More>
                    <div class="menu-places"><PlaceGroups groups=menu/></div>
                </Menu>
            </nav>
        </div>
    }
}

#[component]
fn PlaceGroups(groups: Vec<PlaceGroup>) -> impl IntoView {
    let groups = groups.into_iter().map(|PlaceGroup { name, places }| {
        let name = name.map(|name| view! { <p class="place-group-name">{name}</p> });
        view! { <div class="place-group">{name}<Places places/></div> }
    });
    groups.collect_view()
}

/// `/` and `Ctrl K` put the focus here, unless somebody is typing.
#[component]
fn GlobalSearch(action: &'static str, hint: String) -> impl IntoView {
    let t = words();
    let input = NodeRef::<html::Input>::new();
    let label = hint.clone();
    Effect::new(move |_| {
        let handle = window_event_listener(ev::keydown, move |event| {
            let typing = event_target_is_editable(&event);
            let slash = event.key() == "/" && !typing && !event.ctrl_key() && !event.meta_key();
            let ctrl_k = event.key().eq_ignore_ascii_case("k") && (event.ctrl_key() || event.meta_key());
            if (slash || ctrl_k)
                && let Some(input) = input.get_untracked()
            {
                event.prevent_default();
                let _ = input.focus();
                input.select();
            }
        });
        on_cleanup(move || handle.remove());
    });
    view! {
        <Form action=action method="GET" {..} class="global-search" role="search" aria-label=label>
            {Icon::Search.view()}
            <input class="search-input" type="search" name="q" placeholder=hint.clone() aria-label=hint node_ref=input/>
            <kbd class="search-key" aria-hidden="true">"/"</kbd>
            <button type="submit" class="visually-hidden" name="page" value="1">{t.common.search()}</button>
        </Form>
    }
}

fn event_target_is_editable(event: &ev::KeyboardEvent) -> bool {
    use leptos::{wasm_bindgen::JsCast, web_sys::Element};
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.matches("input:not([type=checkbox]), textarea, select").unwrap_or_default())
}
