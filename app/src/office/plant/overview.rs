//! OLTs with their PON ports, and how full each is.

use domain::plant::FillLevel;
use domain::views::plant::{OltRow, PonRow};
use leptos::prelude::*;

use super::api::list_olts;
use crate::{
    i18n::{Words, words},
    parts::plant::{fill_badge, fill_word},
    surroundings::may,
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        empty::{EmptyState, nothing_found},
        format,
        icon::Icon,
        list::{Column, Filter, ListControls, ListQuery, Table, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn PlantPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let olts = Resource::new_blocking(|| (), |()| list_olts());
    let edit = may("edit_plant").then(|| {
        view! {
            <LinkButton href="/office/plant/settings" icon=Icon::Job>{t.plant.settings()}</LinkButton>
            <LinkButton href="/office/plant/olts/new" variant=Variant::Primary icon=Icon::Plus>{t.plant.new_olt()}</LinkButton>
        }
    });
    view! {
        <PageHeader title=t.plant.title() summary=t.plant.hint()>
            <LinkButton href="/office/plant/naps" icon=Icon::Sector>{t.plant.naps()}</LinkButton>
            <LinkButton href="/office/feasibility" icon=Icon::Search>{t.plant.feasibility()}</LinkButton>
            {edit}
        </PageHeader>
        <Loaded from=olts view=move |olts| view! { <Olts olts query/> }/>
    }
}

#[component]
fn Olts(olts: Vec<OltRow>, query: Memo<ListQuery>) -> impl IntoView {
    let t = words();
    if olts.is_empty() {
        return view! { <EmptyState icon=Icon::Router title=t.plant.no_olts() hint=t.plant.no_olts_hint()/> }
            .into_any();
    }
    let choices = FillLevel::ALL.iter().map(|level| (level.to_string(), fill_word(*level, t).to_owned())).collect();
    let filters = vec![Filter { name: "fill", label: t.plant.fill().to_owned(), choices }];
    let cards = move || {
        let level: Option<FillLevel> = query.read().filter_as("fill");
        let shown = olts.iter().filter_map(|olt| narrowed(olt, level)).collect::<Vec<_>>();
        match shown.is_empty() {
            true => nothing_found(),
            false => shown.into_iter().map(|olt| view! { <Olt olt/> }).collect_view().into_any(),
        }
    };
    view! {
        <ListControls query filters/>
        {cards}
    }
    .into_any()
}

/// An OLT with those of its ports that are so full; `None` when it has none of them.
fn narrowed(olt: &OltRow, level: Option<FillLevel>) -> Option<OltRow> {
    let Some(level) = level else { return Some(olt.clone()) };
    let pons: Vec<PonRow> = olt.pons.iter().filter(|pon| pon.fill.level() == level).cloned().collect();
    (!pons.is_empty()).then(|| OltRow { pons, ..olt.clone() })
}

#[component]
fn Olt(olt: OltRow) -> impl IntoView {
    let t = words();
    let href = format!("/office/plant/olts/{}", olt.id);
    let action = may("edit_plant").then(|| {
        let name = olt.name.clone();
        ViewFn::from(move || {
            view! {
                <a class="with-icon" href=href.clone()>
                    {Icon::Edit.view()}{t.common.edit()}<span class="visually-hidden">{format!(" {name}")}</span>
                </a>
            }
        })
    });
    let action = action.unwrap_or_default();
    let label = t.plant.ports_of(&olt.name);
    let (model, fill, none) = (olt.model.clone(), olt.fill(), olt.pons.is_empty());
    view! {
        <Card title=olt.name action>
            <p class="muted">{model}</p>
            <p>{fill_badge(fill, t)}</p>
            {none.then(|| view! { <p class="muted">{t.plant.no_cards()}</p> })}
            {(!none).then(|| {
                let href = |pon: &PonRow| format!("/office/plant/pons/{}", pon.id);
                view! { <Table columns=columns(t) rows=olt.pons label href/> }
            })}
        </Card>
    }
}

fn columns(t: Words) -> Vec<Column<PonRow>> {
    vec![
        Column::new(t.plant.pon(), |pon: &PonRow| format!("{}/{}", pon.slot, pon.number)),
        Column::new(t.plant.splitters(), |pon: &PonRow| format::count(pon.splitters)).number(),
        Column::new(t.plant.connected(), |pon: &PonRow| format::count(pon.fill.connected)).number(),
        Column::new(t.plant.reserved(), |pon: &PonRow| format::count(pon.fill.reserved)).number().secondary(),
        Column::new(t.plant.fill(), move |pon: &PonRow| fill_badge(pon.fill, t)),
    ]
}
