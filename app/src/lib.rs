//! Every screen of Ramal, and the table of routes that lists them: the map of all screens.
//!
//! A page is a component; `lazy_pages!` makes a route of it that the browser fetches when somebody goes there, so
//! that customers never download what only staff use. Every route is rendered whole on the server
//! (`SsrMode::Async`), so that it works without scripting. How to write a page: see [`ui`].

pub mod account;
#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "ssr")]
pub mod cookies;
#[cfg(feature = "ssr")]
mod document;
pub mod failure;
#[cfg(feature = "gallery")]
mod gallery;
pub mod i18n;
pub mod office;
pub mod parts;
pub mod portal;
pub mod preferences;
pub mod public;
pub mod sent_back;
#[cfg(feature = "ssr")]
pub mod session;
pub mod surroundings;
pub mod ui;

#[cfg(feature = "ssr")]
pub use document::{incident_page, shell};

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    Lazy, LazyRoute, SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    lazy_route, path,
};

use i18n::words;
use office::OfficeArea;
use preferences::Preferences;
use public::not_found::NotFoundPage;

/// `Name => component;` makes a lazy route of a page. Names are unique in the whole app: the chunk is called by it.
macro_rules! lazy_pages {
    ($($page:ident => $component:path;)*) => {
        $(
            struct $page;

            impl $page {
                fn route() -> Lazy<Self> {
                    Lazy::new()
                }
            }

            #[lazy_route]
            impl LazyRoute for $page {
                fn data() -> Self {
                    Self
                }

                fn view(this: Self) -> AnyView {
                    let $page = this;
                    $component().into_any()
                }
            }
        )*
    };
}

#[cfg(feature = "gallery")]
use gallery::GalleryPage;
/// The gallery of components is for those who work on them: the product has nothing there.
#[cfg(not(feature = "gallery"))]
use public::not_found::NotFoundPage as GalleryPage;

lazy_pages! {
    SignIn => public::sign_in::SignInPage;
    Forgot => public::forgot::ForgotPage;
    Reset => public::reset::ResetPage;
    Account => account::AccountPage;

    Users => office::users::UsersPage;
    NewUser => office::users::NewUserPage;
    User => office::users::UserPage;
    Audit => office::audit::AuditPage;

    Gallery => GalleryPage;
}

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    Preferences::provide();
    surroundings::provide();
    let t = words();
    let titled = move |title: String| if title.is_empty() { t.common.product().to_owned() } else { format!("{title} · {}", t.common.product()) };
    view! {
        <Title formatter=titled/>
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/sign-in") view=SignIn::route() ssr=SsrMode::Async/>
                <Route path=path!("/forgot") view=Forgot::route() ssr=SsrMode::Async/>
                <Route path=path!("/reset") view=Reset::route() ssr=SsrMode::Async/>
                <Route path=path!("/account") view=Account::route() ssr=SsrMode::Async/>
                <ParentRoute path=path!("/office") view=OfficeArea ssr=SsrMode::Async>
                    <Route path=path!("/users") view=Users::route()/>
                    <Route path=path!("/users/new") view=NewUser::route()/>
                    <Route path=path!("/users/:id") view=User::route()/>
                    <Route path=path!("/audit") view=Audit::route()/>
                </ParentRoute>
                <Route path=path!("/gallery") view=Gallery::route() ssr=SsrMode::Async/>
                <Route path=path!("/gallery/:part") view=Gallery::route() ssr=SsrMode::Async/>
            </Routes>
        </Router>
    }
}
