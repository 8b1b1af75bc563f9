//! The list of networks, with what is left of each.

use domain::views::list::Page;
use domain::views::pools::{PoolChoices, PoolRow};
use leptos::prelude::*;

use super::api::{begin_pool, list_pools};
use crate::{
    failure::AppError,
    i18n::{Words, words},
    office::list_tools::ListTools,
    surroundings::may,
    ui::{
        button::{LinkButton, Variant},
        empty::EmptyState,
        form::choices_of,
        format,
        icon::Icon,
        list::{Column, Filter, List, ListControls, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn PoolsPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let pools = Resource::new_blocking(
        move || query.get(),
        |query| async move { Ok::<_, AppError>((list_pools(query).await?, begin_pool().await?)) },
    );
    let table = move |(page, choices): (Page<PoolRow>, PoolChoices)| {
        let empty = move || {
            view! { <EmptyState icon=Icon::Router title=t.access.no_pools() hint=t.access.no_pools_hint()/> }
        };
        let href = |pool: &PoolRow| format!("/office/pools/{}", pool.id);
        view! {
            <ListControls query search=t.access.pools_search() filters=filters(choices, t)><ListTools/></ListControls>
            <List query page columns=columns(t) label=t.access.pools() href empty/>
        }
    };
    let new = may("edit_pools").then(|| {
        view! {
            <LinkButton href="/office/pools/new" variant=Variant::Primary icon=Icon::Plus>{t.access.new_pool()}</LinkButton>
        }
    });
    view! {
        <PageHeader title=t.access.pools() summary=t.access.pools_hint()>{new}</PageHeader>
        <Loaded from=pools view=table/>
    }
}

/// More than one only: a filter of one narrows nothing.
fn filters(choices: PoolChoices, t: Words) -> Vec<Filter> {
    let routers = choices_of(choices.routers);
    let sectors = choices_of(choices.sectors);
    let filters = [
        Filter { name: "router", label: t.network.router().to_owned(), choices: routers },
        Filter { name: "sector", label: t.access.sector().to_owned(), choices: sectors },
    ];
    filters.into_iter().filter(|filter| filter.choices.len() > 1).collect()
}

fn columns(t: Words) -> Vec<Column<PoolRow>> {
    let sector = move |pool: &PoolRow| {
        pool.sector.as_ref().map_or_else(|| t.access.any_sector().to_owned(), |sector| sector.name.clone())
    };
    vec![
        Column::new(t.access.pool_name(), |pool: &PoolRow| pool.name.clone()).sorted("name"),
        Column::new(t.access.network(), |pool: &PoolRow| pool.network.to_string()),
        Column::new(t.network.router(), |pool: &PoolRow| pool.router.name.clone()),
        Column::new(t.access.sector(), sector).secondary(),
        Column::new(t.access.given(), |pool: &PoolRow| format::count(pool.given)).number(),
        Column::new(t.access.reserved(), |pool: &PoolRow| format::count(pool.reserved)).number().secondary(),
        Column::new(t.access.free(), |pool: &PoolRow| format::count(pool.free)).sorted("free").number(),
    ]
}
