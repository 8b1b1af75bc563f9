//! A list with everything that a list has.

use chrono::{Days, NaiveDate};
use domain::views::list::{Direction, PER_PAGE, Page};
use leptos::prelude::*;
use rust_decimal::Decimal;

use super::cents;
use crate::{
    i18n::{Words, words},
    ui::{
        badge::Badge,
        format,
        icon::Icon,
        list::{Column, Filter, List, ListControls, ListQuery, use_list_query},
        tone::Tone,
    },
};

#[derive(Clone, Copy)]
struct Row {
    name: &'static str,
    plan: &'static str,
    state: &'static str,
    due: NaiveDate,
    balance: Decimal,
}

const NAMES: [&str; 8] = [
    "Ana Peña",
    "Luis Ortega Villamizar",
    "Panadería La Espiga, C.A.",
    "Beatriz Quintero",
    "José Gregorio Salazar",
    "Inversiones Puerto Azul",
    "Carmen Ibáñez",
    "Rafael Montilla",
];

fn rows(query: &ListQuery) -> Page<Row> {
    let first = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap_or_default();
    let states = ["active", "active", "suspended", "active", "cut", "draft", "active", "waiting"];
    let all = (0..64_usize).map(|nth| Row {
        name: NAMES[nth % 8],
        plan: ["Fibra 100", "Fibra 300", "Radio 20"][nth % 3],
        state: states[nth % 8],
        due: first + Days::new(nth as u64 % 28),
        balance: cents([2_750, 0, 12_499, 0, 8_200, 0, -1_000, 104_350][nth % 8]),
    });
    let search = query.search.to_lowercase();
    let mut rows: Vec<_> = all
        .filter(|row| query.filter("state").is_none_or(|state| row.state == state))
        .filter(|row| row.name.to_lowercase().contains(&search))
        .collect();
    if let Some((key, direction)) = &query.sort {
        match key.as_str() {
            "name" => rows.sort_by_key(|row| row.name),
            "due" => rows.sort_by_key(|row| row.due),
            _ => rows.sort_by_key(|row| row.balance),
        }
        if *direction == Direction::Down {
            rows.reverse();
        }
    }
    let total = i64::try_from(rows.len()).unwrap_or_default();
    let skip = usize::try_from(query.page.offset()).unwrap_or_default();
    let rows = rows.into_iter().skip(skip).take(usize::try_from(PER_PAGE).unwrap_or_default()).collect();
    Page { rows, total, number: query.page.0 }
}

pub(super) fn state_badge(state: &str, t: Words) -> AnyView {
    let (tone, icon, label) = match state {
        "active" => (Tone::Ok, Icon::Check, t.gallery.active()),
        "suspended" => (Tone::Warn, Icon::Pause, t.gallery.suspended()),
        "cut" => (Tone::Danger, Icon::Cut, t.gallery.cut()),
        "waiting" => (Tone::Accent, Icon::Clock, t.gallery.waiting()),
        _ => (Tone::Neutral, Icon::Edit, t.gallery.draft()),
    };
    view! { <Badge tone icon label/> }.into_any()
}

fn columns(t: Words) -> Vec<Column<Row>> {
    vec![
        Column::new(t.gallery.customer(), |row: &Row| row.name).sorted("name"),
        Column::new(t.gallery.plan(), |row: &Row| row.plan).secondary(),
        Column::new(t.gallery.state(), move |row: &Row| state_badge(row.state, t)),
        Column::new(t.gallery.due(), move |row: &Row| format::date(row.due, t)).sorted("due"),
        Column::new(t.gallery.balance(), |row: &Row| format::money(row.balance, "USD")).sorted("balance").number(),
    ]
}

#[component]
pub(super) fn ListPart() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let states = [("active", t.gallery.active()), ("suspended", t.gallery.suspended()), ("cut", t.gallery.cut())];
    let choices = states.map(|(value, words)| (value.to_owned(), words.to_owned())).to_vec();
    let filters = vec![Filter { name: "state", label: t.gallery.state().to_owned(), choices }];
    let list = move || {
        let page = rows(&query.read());
        view! { <List query page columns=columns(t) label=t.gallery.customer() href=|_: &Row| "/gallery/record".to_owned() empty=|| ()/> }
    };
    view! {
        <ListControls query search=t.gallery.search() filters/>
        {list}
    }
}
