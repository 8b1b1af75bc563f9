//! The frames around pages. Where they lead comes as data from the route table.

mod office;
mod portal;
mod public;
mod search;

pub use office::OfficeLayout;
pub use portal::PortalLayout;
pub use public::PublicLayout;
pub use search::{Suggest, Suggestion};

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{button::Variant, icon::Icon, menu::Menu};
use crate::{
    i18n::words,
    preferences::{LanguageSwitch, ThemeSwitch},
};

/// A place in the main navigation.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub name: &'static str,
    pub href: &'static str,
    pub icon: Icon,
}

/// Places that belong together, under a name; the first ones need none.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceGroup {
    pub name: Option<&'static str>,
    pub places: Vec<Place>,
}

/// Who is signed in, and the server function that signs out.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    pub name: String,
    /// In words.
    pub role: String,
    /// The page of the account: password and sessions.
    pub page: &'static str,
    /// Where the sign-out form posts to.
    pub sign_out: &'static str,
}

/// Links to the places; the one that the page belongs to is marked.
#[component]
fn Places(places: Vec<Place>) -> impl IntoView {
    let path = use_location().pathname;
    let links = places.into_iter().map(|place| {
        let here = move || path.with(|path| belongs(path, place.href)).then_some("page");
        view! {
            <a class="place" href=place.href title=place.name aria-current=here>
                {place.icon.view()}
                <span class="place-name">{place.name}</span>
            </a>
        }
    });
    links.collect_view()
}

/// Whether a page is a place or under it. A place that others are under, such as `/office`, is only itself.
fn belongs(path: &str, place: &str) -> bool {
    let path = path.trim_end_matches('/');
    let is_root = place.matches('/').count() == 1;
    path == place || (!is_root && path.strip_prefix(place).is_some_and(|rest| rest.starts_with('/')))
}

/// Language, theme and signing out, under the reader's name.
#[component]
fn AccountMenu(account: Option<Account>) -> impl IntoView {
    let t = words();
    let label = account.as_ref().map_or_else(|| t.common.preferences().to_owned(), |account| account.name.clone());
    let foot = account.map(|account| {
        view! {
            <a class="place" href=account.page>
                {Icon::User.view()}
                <span class="place-name">{t.common.account()}</span>
            </a>
            <form class="menu-foot" method="post" action=account.sign_out>
                <span class="menu-role">{account.role}</span>
                <button type="submit" class="button" data-variant=Variant::Quiet.word()>
                    {Icon::SignOut.view()}
                    <span>{t.common.sign_out()}</span>
                </button>
            </form>
        }
    });
    view! {
        <Menu id="account-menu" label icon=Icon::User>
            // Plain forms: a new language or theme loads the page anew.
            <LanguageSwitch/>
            <ThemeSwitch/>
            {foot}
        </Menu>
    }
}

/// The name with the sign: a line and the branch that leaves it.
#[component]
fn Brand(href: &'static str) -> impl IntoView {
    let t = words();
    view! {
        <a class="brand" href=href>
            <svg class="brand-sign" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
                <path d="M9 4v24"></path>
                <path d="M9 20c0-6 4-8 8-8h3"></path>
                <circle cx="24" cy="12" r="3.5"></circle>
            </svg>
            <span class="brand-name">{t.common.product()}</span>
        </a>
    }
}

/// The first stop of the tab key: past the navigation.
#[component]
fn SkipLink() -> impl IntoView {
    let t = words();
    view! { <a class="skip-link" href="#content" rel="external">{t.common.skip()}</a> }
}

#[cfg(test)]
mod tests {
    use super::belongs;

    #[test]
    fn a_record_belongs_to_its_list_and_not_to_the_home_above_it() {
        assert!(belongs("/office/customers/12", "/office/customers"));
        assert!(belongs("/office/", "/office"));
        assert!(!belongs("/office/customers", "/office"));
        assert!(!belongs("/office/customers-old", "/office/customers"));
    }
}
