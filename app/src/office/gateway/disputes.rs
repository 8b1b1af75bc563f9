//! Payments that cardholders deny at their banks.

use domain::views::gateway::{DisputeIs, DisputeRow};
use leptos::prelude::*;

use super::{Tabs, api::list_disputes, dispute_badge, payment_link, places};
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    parts::amount::money,
    surroundings::local,
    ui::{
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, Filter, ListControls, Table, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn DisputesPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let disputes = Resource::new_blocking(move || query.get(), list_disputes);
    let choices = vec![(DisputeIs::Open.word().to_owned(), t.gateway.undecided().to_owned())];
    let filters = vec![Filter { name: "is", label: t.gateway.state().to_owned(), choices }];
    view! {
        <PageHeader title=t.gateway.disputes() summary=t.gateway.disputes_hint() places=places(t)>
            <Tabs here="/office/gateway/disputes"/>
        </PageHeader>
        <ListControls query filters><ListTools/></ListControls>
        <Loaded from=disputes view=move |rows| view! { <Disputes rows/> }/>
    }
}

#[component]
fn Disputes(rows: Vec<DisputeRow>) -> impl IntoView {
    let t = words();
    if rows.is_empty() {
        return view! { <EmptyState icon=Icon::Check title=t.gateway.no_disputes() hint=t.gateway.no_disputes_hint()/> }
            .into_any();
    }
    view! { <Table columns=columns(t) rows label=t.gateway.disputes()/> }.into_any()
}

fn columns(t: Words) -> Vec<Column<DisputeRow>> {
    let whose = |row: &DisputeRow| {
        let (href, name) = (format!("/office/customers/{}", row.customer.id), row.customer.name.clone());
        view! { <a href=href>{name}</a> }
    };
    let due = move |row: &DisputeRow| row.due_by.map(|at| format::date_time(local(at), t)).unwrap_or_default();
    vec![
        Column::new(t.gateway.opened(), move |row: &DisputeRow| format::date_time(local(row.opened_at), t)),
        Column::new(t.money.customer(), whose),
        Column::new(t.gateway.state(), move |row: &DisputeRow| dispute_badge(row.state, t)),
        Column::new(t.gateway.answer_by(), due),
        Column::new(t.gateway.reason(), |row: &DisputeRow| row.reason.clone()).secondary(),
        Column::new(t.money.receipt(), |row: &DisputeRow| payment_link(row.payment.as_ref())).secondary(),
        Column::new(t.gateway.returned(), |row: &DisputeRow| payment_link(row.returned.as_ref())).secondary(),
        Column::new(t.money.amount(), |row: &DisputeRow| money(row.amount)).number(),
    ]
}
