//! The batches, and how they stand.

use domain::views::vouchers::BatchRow;
use leptos::prelude::*;

use super::api::list_batches;
use crate::{
    i18n::{Words, words},
    office::hotspots::tabs,
    office::list_tools::ListTools,
    parts::amount::money,
    surroundings::{local, may},
    ui::{
        badge::Badge,
        button::{LinkButton, Variant},
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, Table},
        loaded::Loaded,
        page::PageHeader,
        tone::Tone,
    },
};

#[component]
pub fn BatchesPage() -> impl IntoView {
    let t = words();
    let batches = Resource::new_blocking(|| (), |()| list_batches());
    let table = move |rows: Vec<BatchRow>| {
        if rows.is_empty() {
            return view! { <EmptyState icon=Icon::Print title=t.hotspot.no_batches() hint=t.hotspot.no_batches_hint()/> }
                .into_any();
        }
        let href = |row: &BatchRow| format!("/office/vouchers/batches/{}", row.id);
        view! { <Table rows columns=columns(t) label=t.hotspot.batches() href/> }.into_any()
    };
    let new = may("issue_vouchers").then(|| {
        view! {
            <LinkButton href="/office/vouchers/batches/new" variant=Variant::Primary icon=Icon::Plus>
                {t.hotspot.new_batch()}
            </LinkButton>
        }
    });
    view! {
        <PageHeader title=t.hotspot.batches() summary=t.hotspot.batches_summary()>{new}</PageHeader>
        {tabs("/office/vouchers/batches", t)}
        <ListTools/>
        <Loaded from=batches view=table/>
    }
}

fn columns(t: Words) -> Vec<Column<BatchRow>> {
    let missing = move |row: &BatchRow| match (row.withdrawn_at, row.counts.used_unsold) {
        (Some(_), _) => view! { <Badge tone=Tone::Neutral icon=Icon::Close label=t.hotspot.withdrawn()/> }.into_any(),
        (None, 0) => ().into_any(),
        (None, count) => {
            let label = format!("{}: {}", t.hotspot.used_unsold(), format::count(count));
            view! { <Badge tone=Tone::Warn icon=Icon::Alert label/> }.into_any()
        }
    };
    vec![
        Column::new(t.hotspot.series(), |row: &BatchRow| row.series.clone()),
        Column::new(t.hotspot.created_at(), move |row: &BatchRow| format::date(local(row.created_at).date(), t))
            .secondary(),
        Column::new(t.hotspot.profile(), |row: &BatchRow| row.profile.clone()).secondary(),
        Column::new(t.hotspot.price(), |row: &BatchRow| money(row.price)).number(),
        Column::new(t.hotspot.made(), |row: &BatchRow| format::count(row.counts.made)).number(),
        Column::new(t.hotspot.sold(), |row: &BatchRow| format::count(row.counts.sold)).number(),
        Column::new(t.hotspot.used(), |row: &BatchRow| format::count(row.counts.used)).number(),
        Column::new(t.hotspot.ended(), |row: &BatchRow| format::count(row.counts.ended)).number(),
        Column::new(t.hotspot.state(), missing),
    ]
}
