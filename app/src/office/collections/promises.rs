//! The list of promises: who gave their word, until when, and what became of it.

use domain::views::collections::{PromiseRow, PromiseStanding};
use domain::views::list::Page;
use leptos::prelude::*;

use super::api::list_promises;
use crate::{
    i18n::{Words, words},
    office::dashboard::Narrowing,
    office::list_tools::ListTools,
    parts::{
        amount::money,
        promise::{outcome_badge, standing},
    },
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
pub fn PromisesPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let promises = Resource::new_blocking(move || query.get(), list_promises);
    let standings =
        PromiseStanding::ALL.iter().map(|stands| (stands.word().to_owned(), standing(*stands, t).to_owned()));
    let filters =
        vec![Filter { name: "standing", label: t.collections.outcome().to_owned(), choices: standings.collect() }];
    let table = move |page: Page<PromiseRow>| {
        let empty = move || {
            view! { <EmptyState icon=Icon::Check title=t.collections.no_promises() hint=t.collections.no_promises_hint()/> }
        };
        let href = |row: &PromiseRow| format!("/office/contracts/{}", row.contract.id);
        view! { <List query page columns=columns(t) label=t.collections.promises() href empty/> }
    };
    view! {
        <PageHeader title=t.collections.promises() summary=t.collections.promises_hint()/>
        <ListControls query filters><ListTools/></ListControls>
        <Narrowing query/>
        <Loaded from=promises view=table/>
    }
}

fn columns(t: Words) -> Vec<Column<PromiseRow>> {
    vec![
        Column::new(t.collections.customer(), |row: &PromiseRow| row.customer.name.clone()),
        Column::new(t.collections.contract(), |row: &PromiseRow| row.contract.name.clone()).secondary(),
        Column::new(t.collections.amount(), |row: &PromiseRow| money(row.amount)).number(),
        Column::new(t.collections.made(), move |row: &PromiseRow| format::date(row.made_on, t)),
        Column::new(t.collections.until(), move |row: &PromiseRow| format::date(row.until, t)),
        Column::new(t.collections.outcome(), move |row: &PromiseRow| outcome_badge(row.outcome, t)),
        Column::new(t.collections.made_by(), move |row: &PromiseRow| row.made_by.clone().unwrap_or_default())
            .secondary(),
    ]
}
