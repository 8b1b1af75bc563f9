//! The list of routers.

use domain::network::RouterMode;
use domain::views::list::Page;
use domain::views::routers::{RouterHealth, RouterRow};
use leptos::prelude::*;

use super::{api::list_routers, health_badge, health_name, mode_badge, mode_name};
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    surroundings::{local, may},
    ui::{
        button::{LinkButton, Variant},
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, Filter, List, ListControls, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn RoutersPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let routers = Resource::new_blocking(move || query.get(), list_routers);
    let modes = RouterMode::ALL.iter().map(|mode| (mode.word().to_owned(), mode_name(*mode, t).to_owned())).collect();
    let healths = RouterHealth::ALL.iter().map(|health| (health.word().to_owned(), health_name(*health, t).to_owned()));
    let filters = vec![
        Filter { name: "mode", label: t.network.mode().to_owned(), choices: modes },
        Filter { name: "health", label: t.network.health().to_owned(), choices: healths.collect() },
    ];
    let table = move |page: Page<RouterRow>| {
        let empty = move || {
            view! { <EmptyState icon=Icon::Router title=t.network.no_routers() hint=t.network.no_routers_hint()/> }
        };
        let href = |router: &RouterRow| format!("/office/routers/{}", router.id);
        view! { <List query page columns=columns(t) label=t.network.routers() href empty/> }
    };
    let new = may("edit_routers").then(|| {
        view! {
            <LinkButton href="/office/onboarding" icon=Icon::Search>{t.onboarding.find()}</LinkButton>
            <LinkButton href="/office/routers/new" variant=Variant::Primary icon=Icon::Plus>{t.network.new_router()}</LinkButton>
        }
    });
    view! {
        <PageHeader title=t.network.routers()>{new}</PageHeader>
        <ListControls query search=t.network.routers_search() filters><ListTools/></ListControls>
        <Loaded from=routers view=table/>
    }
}

fn columns(t: Words) -> Vec<Column<RouterRow>> {
    let board = |router: &RouterRow| {
        router
            .identity
            .as_ref()
            .map(|identity| format!("{} · {}", identity.board, identity.version))
            .unwrap_or_default()
    };
    let reached = move |router: &RouterRow| {
        router.reached_at.map_or_else(|| t.network.never().to_owned(), |at| format::date_time(local(at), t))
    };
    vec![
        Column::new(t.network.name(), |router: &RouterRow| router.name.clone()).sorted("name"),
        Column::new(t.network.host(), |router: &RouterRow| format!("{}:{}", router.host, router.port)).secondary(),
        Column::new(t.network.mode(), move |router: &RouterRow| mode_badge(router.mode, t)),
        Column::new(t.network.health(), move |router: &RouterRow| health_badge(router.health, t)),
        Column::new(t.network.board(), board).secondary(),
        Column::new(t.network.reached_at(), reached).sorted("reached").secondary(),
        Column::new(t.network.services(), |router: &RouterRow| format::count(router.services))
            .sorted("services")
            .number(),
        Column::new(t.network.waiting(), |router: &RouterRow| format::count(router.waiting)).sorted("waiting").number(),
    ]
}
