//! The hotspots.

use domain::views::hotspots::HotspotRow;
use leptos::prelude::*;

use super::{api::list_hotspots, badge, tabs};
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    surroundings::{local, may},
    ui::{
        button::{LinkButton, Variant},
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, Table},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn HotspotsPage() -> impl IntoView {
    let t = words();
    let hotspots = Resource::new_blocking(|| (), |()| list_hotspots());
    let table = move |rows: Vec<HotspotRow>| {
        if rows.is_empty() {
            return view! { <EmptyState icon=Icon::Signal title=t.hotspot.none() hint=t.hotspot.none_hint()/> }
                .into_any();
        }
        let href = |row: &HotspotRow| format!("/office/hotspots/{}", row.id);
        view! { <Table rows columns=columns(t) label=t.hotspot.hotspots() href/> }.into_any()
    };
    let new = may("edit_hotspots").then(|| {
        view! {
            <LinkButton href="/office/hotspots/new" variant=Variant::Primary icon=Icon::Plus>{t.hotspot.new()}</LinkButton>
        }
    });
    view! {
        <PageHeader title=t.hotspot.hotspots() summary=t.hotspot.summary()>{new}</PageHeader>
        {tabs("/office/hotspots", t)}
        <ListTools/>
        <Loaded from=hotspots view=table/>
    }
}

fn columns(t: Words) -> Vec<Column<HotspotRow>> {
    let looked = move |row: &HotspotRow| {
        row.looked_at.map_or_else(|| t.hotspot.never().to_owned(), |at| format::date_time(local(at), t))
    };
    vec![
        Column::new(t.hotspot.name(), |row: &HotspotRow| row.name.clone()),
        Column::new(t.hotspot.state(), move |row: &HotspotRow| badge(row, t)),
        Column::new(t.hotspot.router(), |row: &HotspotRow| row.router.name.clone()).secondary(),
        Column::new(t.hotspot.looked_at(), looked).secondary(),
        Column::new(t.hotspot.sessions(), |row: &HotspotRow| format::count(row.sessions)).number(),
        Column::new(t.hotspot.vouchers_there(), |row: &HotspotRow| format::count(row.vouchers)).number(),
    ]
}
