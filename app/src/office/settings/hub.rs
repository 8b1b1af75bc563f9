//! All areas of settings, each in a sentence: those that the reader's role has something to do with.

use leptos::prelude::*;

use crate::{
    i18n::{Words, words},
    surroundings::may,
    ui::{card::Card, empty::EmptyState, icon::Icon, page::PageHeader},
};

/// Who may open it, its name, what is decided there, its address, its sign.
type Entry = (&'static str, &'static str, &'static str, &'static str, Icon);

/// Whether there is anything here for the reader.
#[must_use]
pub fn has_settings() -> bool {
    may("edit_plans") || may("edit_ticket_settings") || may("see_users")
}

#[component]
pub fn SettingsPage() -> impl IntoView {
    let t = words();
    let groups = [
        (t.settings.catalogue(), catalogue(t)),
        (t.settings.money(), money(t)),
        (t.settings.customers(), customers(t)),
        (t.settings.network(), network(t)),
        (t.settings.people(), people(t)),
    ];
    let own = groups.map(|(name, entries)| {
        let entries: Vec<_> = entries.into_iter().filter(|(verb, ..)| may(verb)).collect();
        (name, entries)
    });
    let cards: Vec<_> = own.into_iter().filter(|(_, entries)| !entries.is_empty()).map(group).collect();
    let content = if cards.is_empty() {
        view! { <EmptyState icon=Icon::Info title=t.settings.none() hint=t.settings.none_hint()/> }.into_any()
    } else {
        view! { <div class="columns">{cards}</div> }.into_any()
    };
    view! {
        <PageHeader title=t.settings.title() summary=t.settings.hint()/>
        {content}
    }
}

fn group((name, entries): (&'static str, Vec<Entry>)) -> AnyView {
    let entries = entries.into_iter().map(|(_, name, hint, href, icon)| {
        view! {
            <li class="entry">
                <div>
                    <p><a class="with-icon" href=href>{icon.view()}<strong>{name}</strong></a></p>
                    <p class="muted">{hint}</p>
                </div>
            </li>
        }
    });
    view! { <Card title=name><ul class="entries">{entries.collect_view()}</ul></Card> }.into_any()
}

fn catalogue(t: Words) -> Vec<Entry> {
    vec![
        ("edit_plans", t.office.plans(), t.settings.plans(), "/office/plans", Icon::Plan),
        ("edit_sectors", t.office.sectors(), t.settings.sectors(), "/office/sectors", Icon::Sector),
        ("edit_documents", t.office.documents(), t.settings.documents(), "/office/documents", Icon::Print),
        ("edit_documents", t.numbers.title(), t.settings.numbers(), "/office/numbering", Icon::Invoice),
    ]
}

fn money(t: Words) -> Vec<Entry> {
    vec![
        ("edit_billing", t.office.billing(), t.settings.billing(), "/office/billing", Icon::Invoice),
        ("edit_policies", t.office.policies(), t.settings.policies(), "/office/policies", Icon::Cut),
        ("edit_policies", t.settings.limits_name(), t.settings.limits(), "/office/collections", Icon::Pause),
        ("edit_rates", t.rates.title(), t.settings.rates(), "/office/rates", Icon::Payment),
        ("edit_gateway", t.gateway.title(), t.settings.gateway(), "/office/gateway", Icon::Payment),
    ]
}

fn customers(t: Words) -> Vec<Entry> {
    vec![
        ("edit_messages", t.messages.title(), t.settings.messages(), "/office/messages/settings", Icon::Mail),
        ("manage_reports", t.reports.title(), t.settings.reports(), "/office/reports", Icon::Mail),
        ("edit_ticket_settings", t.tickets.title(), t.settings.tickets(), "/office/tickets/settings", Icon::Phone),
        ("edit_work", t.work.title(), t.settings.work(), "/office/work/settings", Icon::Sector),
    ]
}

fn network(t: Words) -> Vec<Entry> {
    vec![
        ("edit_routers", t.office.routers(), t.settings.routers(), "/office/routers", Icon::Router),
        ("edit_routers", t.scans.title(), t.settings.scans(), "/office/scans/settings", Icon::Search),
        ("edit_pools", t.access.pools(), t.settings.pools(), "/office/pools", Icon::Signal),
        ("edit_plant", t.plant.title(), t.settings.plant(), "/office/plant/settings", Icon::Signal),
        ("edit_stock", t.settings.models_name(), t.settings.models(), "/office/stock/models", Icon::Device),
        ("edit_stock", t.settings.stores_name(), t.settings.stores(), "/office/stock/places", Icon::Device),
        ("edit_hotspots", t.hotspot.hotspots(), t.settings.hotspots(), "/office/hotspots/profiles", Icon::Signal),
    ]
}

fn people(t: Words) -> Vec<Entry> {
    vec![
        ("see_users", t.office.users(), t.settings.users(), "/office/users", Icon::User),
        ("see_users", t.security.permits_title(), t.settings.permits(), "/office/users/permits", Icon::Check),
        ("edit_access", t.security.access_title(), t.settings.access(), "/office/settings/access", Icon::Info),
        ("see_audit", t.office.audit(), t.settings.audit(), "/office/audit", Icon::Audit),
        ("see_settings", t.process.title(), t.settings.process(), "/office/settings/process", Icon::Job),
    ]
}
