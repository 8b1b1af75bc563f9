//! The staff's screens: one folder per entry of the menu.

pub mod accounts;
pub mod audit;
pub mod bank;
pub mod billing;
pub mod collection_orders;
pub mod collections;
pub mod contracts;
pub mod credits;
pub mod customers;
pub mod dashboard;
pub mod documents;
pub mod invoices;
pub mod jobs;
pub mod numbers;
pub mod outages;
pub mod payments;
pub mod plans;
pub mod policies;
pub mod quotes;
pub mod rates;
pub mod routers;
pub mod runs;
pub mod sectors;
pub mod transfers;
pub mod users;

use leptos::prelude::*;
use leptos_router::components::Outlet;

use crate::{
    account,
    i18n::{Words, words},
    surroundings::may,
    ui::{
        icon::Icon,
        layout::{OfficeLayout, Place},
    },
};

/// The entries of the menu, the most used first: those that the reader's role has something to do with.
#[must_use]
pub fn places(t: Words) -> Vec<Place> {
    let entries = [
        ("see_dashboard", t.office.dashboard(), "/office", Icon::Dashboard),
        ("see_customers", t.office.customers(), "/office/customers", Icon::Customers),
        ("see_contracts", t.office.contracts(), "/office/contracts", Icon::Contract),
        ("see_invoices", t.office.invoices(), "/office/invoices", Icon::Invoice),
        ("see_payments", t.office.payments(), "/office/payments", Icon::Payment),
        ("see_promises", t.collections.promises(), "/office/promises", Icon::Check),
        ("see_payments", t.office.transfers(), "/office/transfers", Icon::Clock),
        ("see_payments", t.office.bank(), "/office/bank", Icon::Download),
        ("see_accounts", t.office.accounts(), "/office/accounts", Icon::Contract),
        ("see_plans", t.office.plans(), "/office/plans", Icon::Plan),
        ("edit_billing", t.office.billing(), "/office/billing", Icon::Invoice),
        ("edit_policies", t.office.policies(), "/office/policies", Icon::Cut),
        ("see_sectors", t.office.sectors(), "/office/sectors", Icon::Sector),
        ("see_collection_orders", t.collections.equipment_orders(), "/office/equipment", Icon::Device),
        ("see_outages", t.collections.outages(), "/office/outages", Icon::Alert),
        ("see_routers", t.office.routers(), "/office/routers", Icon::Router),
        ("see_jobs", t.office.jobs(), "/office/jobs", Icon::Job),
        ("see_runs", t.collections.runs(), "/office/runs", Icon::Clock),
        ("see_quotes", t.quotes.title(), "/office/quotes", Icon::Contract),
        ("edit_documents", t.office.documents(), "/office/documents", Icon::Print),
        ("see_users", t.office.users(), "/office/users", Icon::User),
        ("see_audit", t.office.audit(), "/office/audit", Icon::Audit),
    ];
    let own = entries.into_iter().filter(|(verb, ..)| may(verb));
    own.map(|(_, name, href, icon)| Place { name, href, icon }).collect()
}

/// The frame around every staff page; `children` is the page.
#[component]
pub fn OfficeFrame(children: Children) -> impl IntoView {
    let t = words();
    let account = account::shown(t);
    view! {
        <OfficeLayout places=places(t) home="/office" search="/office/customers" search_hint=t.office.search_hint() account>
            {children()}
        </OfficeLayout>
    }
}

/// What the staff's routes stand in: the frame stays while the page in it changes.
#[component]
pub fn OfficeArea() -> impl IntoView {
    view! { <OfficeFrame><Outlet/></OfficeFrame> }
}
