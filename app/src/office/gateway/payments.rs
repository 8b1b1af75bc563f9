//! What was set out to be paid by card, the newest first.

use domain::gateway::{IntentKind, IntentState};
use domain::views::gateway::{IntentList, IntentRow};
use leptos::prelude::*;

use super::{Tabs, api::list_card_payments, kind_name, mode_name, payment_link, places, state_badge, state_name};
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    parts::{amount::money, card::decline_words},
    surroundings::local,
    ui::{
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, Filter, List, ListControls, ListQuery, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

const HERE: &str = "/office/gateway/payments";

#[component]
pub fn CardPaymentsPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let payments = Resource::new_blocking(move || query.get(), list_card_payments);
    let states = IntentState::ALL.iter().map(|state| (state.word().to_owned(), state_name(*state, t).to_owned()));
    let kinds = IntentKind::ALL.iter().map(|kind| (kind.word().to_owned(), kind_name(*kind, t).to_owned()));
    let filters = vec![
        Filter { name: "state", label: t.gateway.state().to_owned(), choices: states.collect() },
        Filter { name: "kind", label: t.gateway.kind().to_owned(), choices: kinds.collect() },
    ];
    view! {
        <PageHeader title=t.gateway.card_payments() places=places(t)><Tabs here=HERE/></PageHeader>
        <ListControls query search=t.gateway.search_payments() filters><ListTools/></ListControls>
        <Loaded from=payments view=move |page| view! { <Payments query page/> }/>
    }
}

#[component]
fn Payments(query: Memo<ListQuery>, page: IntentList) -> impl IntoView {
    let t = words();
    let href = |row: &IntentRow| match &row.payment {
        Some(payment) => format!("/office/payments/{}", payment.id),
        None => format!("/office/customers/{}", row.customer.id),
    };
    let empty = move || view! { <EmptyState icon=Icon::Payment title=t.gateway.no_payments() hint=t.gateway.no_payments_hint()/> };
    view! { <List query page columns=columns(t) label=t.gateway.card_payments() href empty/> }
}

fn columns(t: Words) -> Vec<Column<IntentRow>> {
    let why = move |row: &IntentRow| row.decline.as_ref().map(|decline| decline_words(decline, t)).unwrap_or_default();
    vec![
        Column::new(t.gateway.begun(), move |row: &IntentRow| format::date_time(local(row.created_at), t)),
        Column::new(t.money.customer(), |row: &IntentRow| row.customer.name.clone()),
        Column::new(t.gateway.kind(), move |row: &IntentRow| kind_name(row.kind, t)).secondary(),
        Column::new(t.gateway.state(), move |row: &IntentRow| state_badge(row.state, t)),
        Column::new(t.gateway.reason(), why).secondary(),
        Column::new(t.money.receipt(), |row: &IntentRow| payment_link(row.payment.as_ref())).secondary(),
        Column::new(t.gateway.mode(), move |row: &IntentRow| mode_name(row.mode, t)).secondary(),
        Column::new(t.money.amount(), |row: &IntentRow| money(row.amount)).number(),
    ]
}
