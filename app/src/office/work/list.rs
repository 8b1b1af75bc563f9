//! All orders: what has no day first, then the newest days.

use domain::views::list::Page;
use domain::views::work::{WorkGroup, WorkRow};
use domain::work_order::{WorkKind, WorkState};
use leptos::prelude::*;

use super::{BOARD, api::list_work};
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    office::sectors::SectorFilter,
    parts::{
        place::street_and_city,
        work::{kind_word, part_word, state_badge, state_word},
    },
    surroundings::may,
    ui::{
        button::{LinkButton, Variant},
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, DayFilter, Filter, List, ListControls, ListQuery, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn WorkListPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let orders = Resource::new_blocking(move || query.get(), list_work);
    let new = may("edit_work").then(|| {
        view! { <LinkButton href="/office/work/new" variant=Variant::Primary icon=Icon::Plus>{t.work.new()}</LinkButton> }
    });
    let places = vec![(t.work.title().to_owned(), BOARD.to_owned())];
    view! {
        <PageHeader title=t.work.orders() summary=t.work.orders_hint() places>{new}</PageHeader>
        <ListControls query search=t.work.search() filters=filters(t)>
            <DayFilter query label=t.work.day()/>
            <SectorFilter query/>
            <ListTools/>
        </ListControls>
        <Loaded from=orders view=move |page| view! { <Orders query page/> }/>
    }
}

fn filters(t: Words) -> Vec<Filter> {
    let groups = [(WorkGroup::Open, t.work.open()), (WorkGroup::ToSchedule, t.work.to_schedule())];
    let groups = groups.into_iter().map(|(group, words)| (group.word().to_owned(), words.to_owned()));
    let kinds = WorkKind::ALL.iter().map(|kind| (kind.word().to_owned(), kind_word(*kind, t).to_owned()));
    let states = WorkState::ALL.iter().map(|state| (state.word().to_owned(), state_word(*state, t).to_owned()));
    vec![
        Filter { name: "is", label: t.work.show().to_owned(), choices: groups.collect() },
        Filter { name: "kind", label: t.work.kind().to_owned(), choices: kinds.collect() },
        Filter { name: "state", label: t.work.state().to_owned(), choices: states.collect() },
    ]
}

#[component]
fn Orders(query: Memo<ListQuery>, page: Page<WorkRow>) -> impl IntoView {
    let t = words();
    let href = |row: &WorkRow| format!("{BOARD}/{}", row.id);
    let empty = move || view! { <EmptyState icon=Icon::Check title=t.work.empty() hint=t.work.empty_hint()/> };
    view! { <List query page columns=columns(t) label=t.work.orders() href empty/> }
}

fn columns(t: Words) -> Vec<Column<WorkRow>> {
    let what = move |row: &WorkRow| format!("{} {}", row.id.code(), kind_word(row.kind, t));
    let day = move |row: &WorkRow| match row.on {
        Some(on) => format!("{}, {}", format::date(on, t), part_word(row.part, t)),
        None => t.work.without_day().to_owned(),
    };
    let who = |row: &WorkRow| row.technician.as_ref().map(|technician| technician.name.clone()).unwrap_or_default();
    vec![
        Column::new(t.work.order(), what),
        Column::new(t.work.customer(), |row: &WorkRow| row.customer.name.clone()),
        Column::new(t.work.state(), move |row: &WorkRow| state_badge(row.state, t)),
        Column::new(t.work.day(), day),
        Column::new(t.work.technician(), who),
        Column::new(t.work.address(), |row: &WorkRow| street_and_city(&row.street, &row.city)),
        Column::new(t.work.sector(), |row: &WorkRow| row.sector.clone().unwrap_or_default()).secondary(),
        Column::new(t.work.contract(), |row: &WorkRow| row.contract.name.clone()).secondary(),
    ]
}
