//! The staff's menu: what the product has, in the groups that people think in.

use crate::{
    i18n::Words,
    office::settings,
    surroundings::may,
    ui::{
        icon::Icon,
        layout::{Place, PlaceGroup},
    },
};

/// Who may open it, its name, its address, its sign.
type Entry = (&'static str, &'static str, &'static str, Icon);

/// The groups of the menu, the most used first: those entries that the reader's role has something to do with.
#[must_use]
pub fn menu(t: Words) -> Vec<PlaceGroup> {
    let groups = [
        (None, every_day(t)),
        (Some(t.office.menu_service()), service(t)),
        (Some(t.office.menu_money()), money(t)),
        (Some(t.office.menu_network()), network(t)),
        (Some(t.office.menu_settings()), settings(t)),
    ];
    groups.into_iter().map(|(name, entries)| group(name, entries)).filter(|group| !group.places.is_empty()).collect()
}

fn group(name: Option<&'static str>, entries: Vec<Entry>) -> PlaceGroup {
    let own = entries.into_iter().filter(|(verb, ..)| may(verb));
    PlaceGroup { name, places: own.map(|(_, name, href, icon)| Place { name, href, icon }).collect() }
}

fn every_day(t: Words) -> Vec<Entry> {
    vec![
        ("see_dashboard", t.office.dashboard(), "/office", Icon::Dashboard),
        ("see_customers", t.office.customers(), "/office/customers", Icon::Customers),
        ("see_contracts", t.office.contracts(), "/office/contracts", Icon::Contract),
        ("see_invoices", t.office.invoices(), "/office/invoices", Icon::Invoice),
        ("see_payments", t.office.payments(), "/office/payments", Icon::Payment),
    ]
}

/// What is asked for and promised between the provider and its customers.
fn service(t: Words) -> Vec<Entry> {
    vec![
        ("see_tickets", t.tickets.title(), "/office/tickets", Icon::Phone),
        ("see_work", t.work.title(), "/office/work", Icon::Sector),
        ("do_work", t.work.field(), "/field", Icon::Phone),
        ("see_quotes", t.quotes.title(), "/office/quotes", Icon::Contract),
        ("see_messages", t.messages.title(), "/office/messages", Icon::Mail),
        ("request_changes", t.changes.title(), "/office/changes", Icon::Clock),
        ("request_changes", t.changes.leases(), "/office/leases", Icon::Device),
        ("see_outages", t.collections.outages(), "/office/outages", Icon::Alert),
        ("see_stock", t.stock.title(), "/office/stock", Icon::Device),
        ("see_collection_orders", t.collections.equipment_orders(), "/office/equipment", Icon::Device),
    ]
}

fn money(t: Words) -> Vec<Entry> {
    vec![
        ("see_payments", t.office.transfers(), "/office/transfers", Icon::Clock),
        ("see_promises", t.collections.promises(), "/office/promises", Icon::Check),
        ("see_payments", t.office.bank(), "/office/bank", Icon::Download),
        ("see_gateway", t.gateway.title(), "/office/gateway", Icon::Payment),
        ("see_accounts", t.office.accounts(), "/office/accounts", Icon::Contract),
        ("manage_reports", t.reports.title(), "/office/reports", Icon::Mail),
        ("see_runs", t.collections.runs(), "/office/runs", Icon::Clock),
    ]
}

fn network(t: Words) -> Vec<Entry> {
    vec![
        ("see_routers", t.office.routers(), "/office/routers", Icon::Router),
        ("see_hotspots", t.hotspot.hotspots(), "/office/hotspots", Icon::Signal),
        ("see_pools", t.access.pools(), "/office/pools", Icon::Signal),
        ("onboard_routers", t.onboarding.menu(), "/office/onboarding", Icon::Search),
        ("work_macs", t.macs.menu(), "/office/macs", Icon::Device),
        ("see_plant", t.plant.title(), "/office/plant", Icon::Signal),
        ("see_plant", t.plant.feasibility_menu(), "/office/feasibility", Icon::Search),
        ("see_plant", t.map.title(), "/office/map", Icon::Sector),
        ("see_sectors", t.office.sectors(), "/office/sectors", Icon::Sector),
        ("see_routers", t.scans.title(), "/office/scans", Icon::Search),
        ("see_jobs", t.office.jobs(), "/office/jobs", Icon::Job),
    ]
}

fn settings(t: Words) -> Vec<Entry> {
    let all = settings::has_settings().then(|| ("search", t.settings.menu(), "/office/settings", Icon::Menu));
    let usual = [
        ("see_plans", t.office.plans(), "/office/plans", Icon::Plan),
        ("edit_billing", t.office.billing(), "/office/billing", Icon::Invoice),
        ("edit_policies", t.office.policies(), "/office/policies", Icon::Cut),
        ("edit_documents", t.office.documents(), "/office/documents", Icon::Print),
        ("see_users", t.office.users(), "/office/users", Icon::User),
        ("see_audit", t.office.audit(), "/office/audit", Icon::Audit),
    ];
    usual.into_iter().chain(all).collect()
}
