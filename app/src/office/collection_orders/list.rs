//! What is to be collected, with where and from whom.

use domain::views::collection_orders::{CollectionOrderRow, CollectionStanding};
use domain::views::list::Page;
use leptos::prelude::*;

use super::{api::list_collection_orders, detail::badge};
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    parts::place::street_and_city,
    ui::{
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, Filter, List, ListControls, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn CollectionOrdersPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let orders = Resource::new_blocking(move || query.get(), list_collection_orders);
    let choices = CollectionStanding::ALL.iter().map(|standing| {
        let words = match standing {
            CollectionStanding::Open => t.collections.to_collect(),
            CollectionStanding::Closed => t.collections.closed(),
        };
        (standing.word().to_owned(), words.to_owned())
    });
    let filters =
        vec![Filter { name: "standing", label: t.collections.state().to_owned(), choices: choices.collect() }];
    let table = move |page: Page<CollectionOrderRow>| {
        let empty = move || {
            view! { <EmptyState icon=Icon::Device title=t.collections.no_equipment() hint=t.collections.no_equipment_hint()/> }
        };
        let href = |row: &CollectionOrderRow| format!("/office/equipment/{}", row.id);
        view! { <List query page columns=columns(t) label=t.collections.equipment_orders() href empty/> }
    };
    view! {
        <PageHeader title=t.collections.equipment_orders() summary=t.collections.equipment_hint()/>
        <ListControls query filters><ListTools/></ListControls>
        <Loaded from=orders view=table/>
    }
}

fn columns(t: Words) -> Vec<Column<CollectionOrderRow>> {
    let place = |row: &CollectionOrderRow| street_and_city(&row.street, &row.city);
    vec![
        Column::new(t.collections.customer(), |row: &CollectionOrderRow| row.customer.name.clone()),
        Column::new(t.collections.place(), place),
        Column::new(t.catalogue.sectors(), |row: &CollectionOrderRow| row.sector.clone().unwrap_or_default())
            .secondary(),
        Column::new(t.collections.equipment(), |row: &CollectionOrderRow| row.equipment.clone()),
        Column::new(t.collections.from(), move |row: &CollectionOrderRow| format::date(row.opened_on, t)),
        Column::new(t.collections.state(), move |row: &CollectionOrderRow| badge(row.outcome, t)),
    ]
}
