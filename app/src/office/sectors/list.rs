//! The list of sectors.

use domain::views::list::Page;
use domain::views::sectors::SectorRow;
use leptos::prelude::*;

use super::api::list_sectors;
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    surroundings::may,
    ui::{
        button::{LinkButton, Variant},
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, List, ListControls, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn SectorsPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let sectors = Resource::new_blocking(move || query.get(), list_sectors);
    let table = move |page: Page<SectorRow>| {
        let empty = move || {
            view! { <EmptyState icon=Icon::Sector title=t.catalogue.no_sectors() hint=t.catalogue.no_sectors_hint()/> }
        };
        let href = |sector: &SectorRow| format!("/office/sectors/{}", sector.id);
        view! { <List query page columns=columns(t) label=t.catalogue.sectors() href empty/> }
    };
    let new = may("edit_sectors").then(|| {
        view! {
            <LinkButton href="/office/sectors/new" variant=Variant::Primary icon=Icon::Plus>{t.catalogue.new_sector()}</LinkButton>
        }
    });
    view! {
        <PageHeader title=t.catalogue.sectors()>{new}</PageHeader>
        <ListControls query search=t.catalogue.sectors_search()><ListTools/></ListControls>
        <Loaded from=sectors view=table/>
    }
}

fn columns(t: Words) -> Vec<Column<SectorRow>> {
    vec![
        Column::new(t.catalogue.name(), |sector: &SectorRow| sector.name.clone()).sorted("name"),
        Column::new(t.catalogue.addresses(), |sector: &SectorRow| format::count(sector.addresses)).number(),
        Column::new(t.catalogue.active(), |sector: &SectorRow| format::count(sector.active))
            .sorted("contracts")
            .number(),
        Column::new(t.catalogue.cut(), |sector: &SectorRow| format::count(sector.cut)).number(),
    ]
}
