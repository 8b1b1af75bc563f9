//! What technicians have on the phone: the day, each order, and what is not sent yet. It works with one hand, in the sun,
//! and through a dead spot: the service worker (`public/sw.js`) keeps the last copy of these pages, and `outbox` what was
//! filled in. Links here load their page anew, so that the copy is found.

pub mod api;
mod day;
mod draft;
mod kept;
mod order;
mod outbox;
mod photo;
mod prepare;
mod report;
mod signature;
mod unsent;

pub use day::DayPage;
pub use order::OrderPage;

use leptos::prelude::*;
use leptos_router::components::Outlet;

use crate::{
    account,
    i18n::{Words, words},
    ui::{
        icon::Icon,
        layout::{Place, PortalLayout},
    },
};
use outbox::Outbox;
use unsent::UnsentBar;

fn places(t: Words) -> Vec<Place> {
    vec![
        Place { name: t.work.field(), href: "/field", icon: Icon::Home },
        Place { name: t.work.to_office(), href: "/office", icon: Icon::Dashboard },
    ]
}

/// What the technicians' routes stand in.
#[component]
pub fn FieldArea() -> impl IntoView {
    let t = words();
    let account = account::shown(t);
    Outbox::provide();
    view! {
        <PortalLayout places=places(t) home="/field" account>
            <UnsentBar/>
            <Outlet/>
        </PortalLayout>
    }
}
