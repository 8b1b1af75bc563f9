//! The staff's frame: a rail at the left, a bar at the bottom of a phone, a search that the keyboard opens.

use leptos::prelude::*;

use super::{Account, AccountMenu, Brand, PlaceGroup, Places, SkipLink, search::GlobalSearch, search::Suggest};
use crate::{
    i18n::words,
    ui::{icon::Icon, menu::Menu, notice::DoneNotice},
};

/// How many places fit beside "more" in a phone's bar.
const IN_BAR: usize = 4;

/// `search` is the page that the search box leads to, and `suggest` finds what it offers as one types; `menu` begins with the
/// most used.
#[component]
pub fn OfficeLayout(
    menu: Vec<PlaceGroup>,
    home: &'static str,
    search: &'static str,
    #[prop(into)] search_hint: String,
    #[prop(optional)] suggest: Option<Suggest>,
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
                <GlobalSearch action=search hint=search_hint suggest/>
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
