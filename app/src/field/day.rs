//! The day in the order of the route, the next step first.

use chrono::NaiveDate;
use domain::views::work::{FieldDay, WorkRow};
use domain::work_order::WorkState;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{api::my_day, outbox::Outbox, prepare::prepare};
use crate::{
    i18n::{Words, words},
    parts::{
        place::street_and_city,
        work::{kind_word, part_word, state_badge, way_to},
    },
    ui::{
        badge::Badge, card::Card, empty::EmptyState, format, icon::Icon, loaded::Loaded, page::PageHeader, tone::Tone,
    },
};

#[component]
pub fn DayPage() -> impl IntoView {
    let query = use_query_map();
    let on = Memo::new(move |_| query.read().get_str("on").and_then(|on| on.parse::<NaiveDate>().ok()));
    let sent = Outbox::here().sent();
    let day = Resource::new_blocking(move || (on.get(), sent.get()), |(on, _)| my_day(on));
    view! { <Loaded from=day view=move |day| view! { <Day day/> }/> }
}

#[component]
fn Day(day: FieldDay) -> impl IntoView {
    let t = words();
    let kept = RwSignal::new(false);
    let pages = pages(&day);
    Effect::new(move |_| prepare(pages.clone(), kept));
    let is_next = |row: &&WorkRow| matches!(row.state, WorkState::Assigned | WorkState::UnderWay);
    let under_way = day.stops.iter().find(|row| row.state == WorkState::UnderWay);
    let next = under_way.or_else(|| day.stops.iter().find(is_next)).cloned();
    let left = day.stops.iter().filter(is_next).count();
    let summary = match &next {
        Some(next) => t.work.field_hint(left, next.customer.name.clone()),
        None if day.stops.is_empty() => String::new(),
        None => t.work.field_done().to_owned(),
    };
    let tomorrow = day.on.succ_opt().filter(|_| day.next_day > 0).map(|on| {
        let words = t.work.tomorrow(format::count(day.next_day));
        view! { <a class="chip" href=format!("/field?on={on}") rel="external">{words}{Icon::Right.view()}</a> }
    });
    let today = (day.on != day.today).then(|| {
        view! { <a class="chip" href="/field" rel="external">{Icon::Left.view()}{t.work.back_to_today()}</a> }
    });
    let none = (day.stops.is_empty() && day.late.is_empty()).then(|| {
        view! { <EmptyState icon=Icon::Check title=t.work.field_empty() hint=t.work.field_empty_hint()/> }
    });
    let late = stops(day.late, t);
    let title = format!("{} · {}", t.work.field(), format::date(day.on, t));
    view! {
        <PageHeader title summary/>
        <div class="chips">{today}{tomorrow}</div>
        {none}
        {next.map(|row| view! { <Next row/> })}
        {stops(day.stops, t)}
        {late.map(|late| view! { <h2 class="work-day">{t.work.left_over()}</h2> {late} })}
        <p class="muted" role="status">{move || kept.get().then(|| t.work.kept_here())}</p>
    }
}

/// The pages of the day, to be there without a network.
fn pages(day: &FieldDay) -> Vec<String> {
    let orders = day.stops.iter().chain(&day.late).filter(|row| row.state.is_open());
    std::iter::once("/field".to_owned()).chain(orders.map(href)).collect()
}

fn href(row: &WorkRow) -> String {
    format!("/field/orders/{}", row.id)
}

fn title(row: &WorkRow, t: Words) -> String {
    format!("{} · {}", kind_word(row.kind, t), row.customer.name)
}

/// Big, and under the thumb.
#[component]
fn Next(row: WorkRow) -> impl IntoView {
    let t = words();
    let place = street_and_city(&row.street, &row.city);
    let way = way_to(row.position, &row.street, &row.city);
    let call = row.phone.clone().map(|phone| {
        view! { <a class="button" data-variant="secondary" href=format!("tel:{phone}")>{Icon::Phone.view()}<span>{t.work.call()}</span></a> }
    });
    view! {
        <Card title=t.work.next_step()>
            <p class="work-stop-title">{title(&row, t)}</p>
            <p>{place}</p>
            <p class="muted">{part_word(row.part, t)}</p>
            {(!row.note.is_empty()).then(|| view! { <p>{row.note.clone()}</p> })}
            <div class="field-steps">
                <a class="button" data-variant="primary" href=href(&row) rel="external">
                    {Icon::Right.view()}<span>{t.work.open_order()}</span>
                </a>
                <a class="button" data-variant="secondary" href=way target="_blank" rel="noreferrer external">
                    {Icon::Sector.view()}<span>{t.work.go_there()}</span>
                </a>
                {call}
            </div>
        </Card>
    }
}

fn stops(rows: Vec<WorkRow>, t: Words) -> Option<impl IntoView + use<>> {
    let outbox = Outbox::here();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let id = row.id;
            let unsent = move || {
                outbox.entry(id).map(|_| view! { <Badge tone=Tone::Warn icon=Icon::Clock label=t.work.waits()/> })
            };
            let place = format!("{} · {}", part_word(row.part, t), street_and_city(&row.street, &row.city));
            view! {
                <li class="work-stop">
                    <p class="work-stop-title"><a href=href(&row) rel="external">{title(&row, t)}</a></p>
                    <p>{state_badge(row.state, t)}{unsent}</p>
                    <p class="muted">{place}</p>
                </li>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| view! { <ol class="work-stops" data-route="true">{rows}</ol> })
}
