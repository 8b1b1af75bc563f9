//! The staff's screens: one folder per entry of the menu.

use leptos::prelude::*;

use crate::{
    i18n::{Words, words},
    ui::{
        icon::Icon,
        layout::{Account, OfficeLayout, Place},
    },
};

/// The entries of the menu, the most used first.
#[must_use]
pub fn places(t: Words) -> Vec<Place> {
    let place = |name, href, icon| Place { name, href, icon };
    vec![
        place(t.office.dashboard(), "/office", Icon::Dashboard),
        place(t.office.customers(), "/office/customers", Icon::Customers),
        place(t.office.contracts(), "/office/contracts", Icon::Contract),
        place(t.office.invoices(), "/office/invoices", Icon::Invoice),
        place(t.office.payments(), "/office/payments", Icon::Payment),
        place(t.office.plans(), "/office/plans", Icon::Plan),
        place(t.office.sectors(), "/office/sectors", Icon::Sector),
        place(t.office.routers(), "/office/routers", Icon::Router),
        place(t.office.jobs(), "/office/jobs", Icon::Job),
        place(t.office.users(), "/office/users", Icon::User),
        place(t.office.audit(), "/office/audit", Icon::Audit),
    ]
}

/// The frame around every staff page; `children` is the page.
#[component]
pub fn OfficeFrame(#[prop(optional)] account: Option<Account>, children: Children) -> impl IntoView {
    let t = words();
    view! {
        <OfficeLayout places=places(t) home="/office" search="/office/customers" search_hint=t.office.search_hint() account>
            {children()}
        </OfficeLayout>
    }
}
