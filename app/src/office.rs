//! The staff's screens: one folder per entry of the menu.

pub mod accounts;
pub mod adoptions;
pub mod audit;
pub mod bank;
pub mod billing;
pub mod bulk;
pub mod changes;
pub mod collection_orders;
pub mod collections;
pub mod contracts;
pub mod credits;
pub mod customers;
pub mod dashboard;
pub mod documents;
#[cfg(feature = "ssr")]
pub mod exports;
pub mod finder;
pub mod gateway;
pub mod hotspots;
pub mod invoices;
pub mod jobs;
pub mod list_tools;
pub mod lists;
pub mod macs;
pub mod map;
mod menu;
pub mod messages;
pub mod numbers;
pub mod onboarding;
pub mod outages;
pub mod payments;
pub mod plans;
pub mod plant;
pub mod policies;
pub mod pools;
pub mod portal_access;
pub mod quotes;
pub mod rates;
pub mod reports;
pub mod routers;
pub mod runs;
pub mod scans;
pub mod sectors;
pub mod settings;
pub mod stock;
pub mod tickets;
pub mod transfers;
pub mod users;
pub mod vouchers;
pub mod work;

use leptos::prelude::*;
use leptos_router::components::Outlet;

use crate::{account, i18n::words, ui::layout::OfficeLayout};

/// The frame around every staff page; `children` is the page.
#[component]
pub fn OfficeFrame(children: Children) -> impl IntoView {
    let t = words();
    let account = account::shown(t);
    view! {
        <OfficeLayout menu=menu::menu(t) home="/office" search="/office/search" search_hint=t.office.search_hint()
            suggest=finder::suggest(t) account>
            {children()}
        </OfficeLayout>
    }
}

/// What the staff's routes stand in: the frame stays while the page in it changes.
#[component]
pub fn OfficeArea() -> impl IntoView {
    view! { <OfficeFrame><Outlet/></OfficeFrame> }
}
