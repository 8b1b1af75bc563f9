//! The map: the drawing, what moves it, what its marks mean, and the same as a table.

use domain::geo::Window;
use domain::views::map::{MapView, Mark};
use leptos::prelude::*;

use super::{
    api::see_map,
    controls::{Filters, Moves},
    drawing::Drawing,
    layer_word,
    legend::Legend,
    mark_words, opens, states_words,
};
use crate::{
    i18n::words,
    ui::{
        card::Card,
        format,
        icon::Icon,
        list::{Column, ListQuery, Table, use_list_query},
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        tone::Tone,
    },
};

#[component]
pub fn MapPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let map = Resource::new_blocking(move || query.get(), see_map);
    view! {
        <PageHeader title=t.map.title() summary=t.map.hint()/>
        <Loaded from=map view=move |map| view! { <Map map query=query.get_untracked()/> }/>
    }
}

#[component]
fn Map(map: MapView, query: ListQuery) -> impl IntoView {
    let t = words();
    let nothing = map.marks.is_empty().then(|| {
        view! { <Notice icon=Icon::Info title=t.map.nothing()><p>{t.map.nothing_hint()}</p></Notice> }
    });
    let missing = (map.without_position > 0).then(|| {
        let count = map.without_position;
        view! { <Notice tone=Tone::Warn icon=Icon::Sector title=t.map.missing(count)><p>{t.map.missing_hint()}</p></Notice> }
    });
    let (marks, window, shown) = (map.marks.clone(), map.window, query.clone());
    view! {
        <Filters sectors=map.sectors.clone() query=query.clone()/>
        <Card>
            <figure class="map">
                <Moves window query=shown.clone()/>
                <Drawing map=map.clone() query=shown.clone()/>
                <Legend map query=shown/>
            </figure>
        </Card>
        {nothing}
        <Card title=t.map.in_window()>
            <details class="chart-table">
                <summary>{t.common.as_table()}</summary>
                <Marks marks window query/>
            </details>
        </Card>
        {missing}
    }
}

/// The same for those who do not see or point at the drawing.
#[component]
fn Marks(marks: Vec<Mark>, window: Window, query: ListQuery) -> impl IntoView {
    let t = words();
    let name = move |mark: &Mark| {
        let words = mark_words(mark, t);
        match opens(mark, window, &query) {
            Some(href) => view! { <a href=href>{words}</a> }.into_any(),
            None => words.into_any(),
        }
    };
    let columns = vec![
        Column::new(t.map.what(), name),
        Column::new(t.map.layer(), move |mark: &Mark| layer_word(mark.layer, t)),
        Column::new(t.plant.state(), move |mark: &Mark| states_words(mark, t)),
        Column::new(t.map.count(), |mark: &Mark| format::count(mark.count())).number(),
        Column::new(t.plant.position(), |mark: &Mark| mark.at.to_string()).secondary(),
    ];
    view! { <Table columns rows=marks label=t.map.in_window()/> }
}
