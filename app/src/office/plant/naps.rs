//! The list of boxes, with what is free in each.

use domain::ids::SectorId;
use domain::plant::FillLevel;
use domain::views::list::{Choice, Page};
use domain::views::plant::NapRow;
use leptos::prelude::*;

use super::{api::list_naps, plant_place};
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    parts::plant::{fill_badge, fill_word},
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
pub fn NapsPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let naps = Resource::new_blocking(move || query.get(), list_naps);
    let table = move |(page, sectors): (Page<NapRow>, Vec<Choice<SectorId>>)| {
        let empty =
            move || view! { <EmptyState icon=Icon::Sector title=t.plant.no_naps() hint=t.plant.no_naps_hint()/> };
        let href = |nap: &NapRow| format!("/office/plant/naps/{}", nap.id);
        view! {
            <ListControls query search=t.plant.naps_search() filters=filters(sectors, t)><ListTools/></ListControls>
            <List query page columns=columns(t) label=t.plant.naps() href empty/>
        }
    };
    let new = may("edit_plant").then(|| {
        view! {
            <LinkButton href="/office/plant/naps/new" variant=Variant::Primary icon=Icon::Plus>{t.plant.new_nap()}</LinkButton>
            <LinkButton href="/office/plant/imports" icon=Icon::Download>{t.boxes.title()}</LinkButton>
        }
    });
    view! {
        <PageHeader title=t.plant.naps() summary=t.plant.naps_hint() places=vec![plant_place(t)]>{new}</PageHeader>
        <Loaded from=naps view=table/>
    }
}

fn filters(sectors: Vec<Choice<SectorId>>, t: Words) -> Vec<Filter> {
    let levels = FillLevel::ALL.iter().map(|level| (level.to_string(), fill_word(*level, t).to_owned())).collect();
    let sectors = choices_of(sectors);
    vec![
        Filter { name: "fill", label: t.plant.fill().to_owned(), choices: levels },
        Filter { name: "sector", label: t.plant.sector().to_owned(), choices: sectors },
    ]
}

fn columns(t: Words) -> Vec<Column<NapRow>> {
    let sector = |nap: &NapRow| nap.sector.as_ref().map(|sector| sector.name.clone()).unwrap_or_default();
    vec![
        Column::new(t.plant.name(), |nap: &NapRow| nap.name.clone()).sorted("name"),
        Column::new(t.plant.sector(), sector),
        Column::new(t.plant.connected(), |nap: &NapRow| format::count(nap.fill.connected)).number(),
        Column::new(t.plant.reserved(), |nap: &NapRow| format::count(nap.fill.reserved)).number().secondary(),
        Column::new(t.plant.free_ports(), |nap: &NapRow| format::count(nap.fill.free())).sorted("free").number(),
        Column::new(t.plant.fill(), move |nap: &NapRow| fill_badge(nap.fill, t)),
    ]
}
