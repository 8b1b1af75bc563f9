//! Vouchers, found by code or by number.

use domain::hotspot::VoucherState;
use domain::views::list::Page;
use domain::views::vouchers::VoucherRow;
use leptos::prelude::*;

use super::{api::list_vouchers, reason, state_badge, state_name};
use crate::{
    i18n::{Words, words},
    office::hotspots::{size, span, tabs},
    office::list_tools::ListTools,
    surroundings::local,
    ui::{
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, Filter, List, ListControls, Narrowed, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn VouchersPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let vouchers = Resource::new_blocking(move || query.get(), list_vouchers);
    let states =
        VoucherState::ALL.iter().map(|state| (state.word().to_owned(), state_name(*state, t).to_owned())).collect();
    let filters = vec![Filter { name: "state", label: t.hotspot.state().to_owned(), choices: states }];
    let table = move |page: Page<VoucherRow>| {
        let empty = move || {
            view! { <EmptyState icon=Icon::Signal title=t.hotspot.no_batches() hint=t.hotspot.no_batches_hint()/> }
        };
        view! {
            <Narrowed query=query.get_untracked() name="batch" words=t.hotspot.only_batch()/>
            <List query page columns=columns(t) label=t.hotspot.vouchers() empty/>
        }
    };
    view! {
        <PageHeader title=t.hotspot.vouchers()/>
        {tabs("/office/vouchers", t)}
        <ListControls query search=t.hotspot.search() filters><ListTools/></ListControls>
        <Loaded from=vouchers view=table/>
    }
}

fn columns(t: Words) -> Vec<Column<VoucherRow>> {
    let when = move |at: Option<chrono::DateTime<chrono::Utc>>| {
        at.map(|at| format::date_time(local(at), t)).unwrap_or_default()
    };
    let place = |row: &VoucherRow| match (&row.hotspot, &row.mac) {
        (Some(hotspot), Some(mac)) => format!("{hotspot} · {mac}"),
        (hotspot, _) => hotspot.clone().unwrap_or_default(),
    };
    let ends = move |row: &VoucherRow| match (row.ended_at, row.end_reason) {
        (Some(at), Some(why)) => format!("{} · {}", when(Some(at)), reason(why, t)),
        _ => when(row.expires_at),
    };
    let usage = |row: &VoucherRow| match (row.seconds, row.bytes) {
        (0, 0) => String::new(),
        (seconds, bytes) => format!("{} · {}", span(seconds), size(bytes)),
    };
    let sold = move |row: &VoucherRow| if row.sold { t.hotspot.sold() } else { t.hotspot.unsold() };
    vec![
        Column::new(t.hotspot.number(), |row: &VoucherRow| {
            let batch = format!("/office/vouchers/batches/{}", row.batch);
            view! { <a href=batch>{row.name()}</a> }
        }),
        Column::new(t.hotspot.code(), |row: &VoucherRow| view! { <code>{row.code.grouped()}</code> }),
        Column::new(t.hotspot.state(), move |row: &VoucherRow| state_badge(row.state, t)),
        Column::new(t.hotspot.sale(), sold).secondary(),
        Column::new(t.hotspot.first_used(), move |row: &VoucherRow| when(row.first_used_at)),
        Column::new(t.hotspot.place(), place).secondary(),
        Column::new(t.hotspot.usage(), usage).secondary(),
        Column::new(t.hotspot.ends(), ends),
    ]
}
