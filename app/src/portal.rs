//! The customer's screens.

pub mod api;
pub mod contracts;
pub mod faults;
mod history;
mod home;
mod invoices;
mod messages;
mod more;
pub mod notices;
pub mod pay;
pub mod people;
mod plan;
pub mod profile;
mod promise;
mod quotes;
mod statement;
pub mod transfers;

pub use history::{HistoryPage, PaymentsPage};
pub use home::HomePage;
pub use invoices::{InvoicePage, InvoicesPage};
pub use messages::MessagesPage;
pub use more::MorePage;
pub use plan::PlanPage;
pub use promise::PromisePage;
pub use quotes::{QuotePage, QuotesPage};
pub use statement::StatementPage;

use leptos::prelude::*;
use leptos_router::components::Outlet;

use crate::{
    account,
    i18n::{Words, words},
    surroundings::may,
    ui::{
        icon::Icon,
        layout::{Place, PortalLayout},
    },
};

/// The entries of the menu: as many as fit under a thumb on a narrow phone. The others are on the page of the last.
#[must_use]
pub fn places(t: Words) -> Vec<Place> {
    let pay = Place { name: t.gateway.pay(), href: "/portal/pay", icon: Icon::Payment };
    let mut places = vec![
        Place { name: t.portal.home(), href: "/portal", icon: Icon::Home },
        Place { name: t.portal.invoices(), href: "/portal/invoices", icon: Icon::Invoice },
    ];
    places.extend(may("pay_in_portal").then_some(pay));
    places.extend([
        Place { name: t.faults.title(), href: "/portal/faults", icon: Icon::Phone },
        Place { name: t.people.more(), href: "/portal/more", icon: Icon::More },
    ]);
    places
}

/// The frame around every page of the portal.
#[component]
pub fn PortalFrame(children: Children) -> impl IntoView {
    let t = words();
    let account = account::shown(t);
    view! { <PortalLayout places=places(t) home="/portal" account>{children()}</PortalLayout> }
}

/// What the portal's routes stand in.
#[component]
pub fn PortalArea() -> impl IntoView {
    view! { <PortalFrame><Outlet/></PortalFrame> }
}
