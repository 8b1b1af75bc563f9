//! The customer's payments, and what happened.

use domain::views::list::Page;
use domain::views::payments::PaymentRow;
use domain::views::timeline::TimelineEntry;
use leptos::prelude::*;

use super::api::{my_history, my_payments};
use crate::{
    i18n::{Words, words},
    parts::{
        Reader,
        amount::{money, payment_method},
        story::moments,
    },
    ui::{
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, ListQuery, Pager, Table, use_list_query},
        loaded::Loaded,
        page::PageHeader,
        timeline::Timeline,
    },
};

#[component]
pub fn PaymentsPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let payments = Resource::new_blocking(move || query.get(), my_payments);
    view! {
        <PageHeader title=t.portal.payments()/>
        <Loaded from=payments view=move |page| view! { <Payments query page/> }/>
    }
}

#[component]
fn Payments(query: Memo<ListQuery>, page: Page<PaymentRow>) -> impl IntoView {
    let t = words();
    if page.total == 0 {
        return view! { <EmptyState icon=Icon::Payment title=t.portal.no_payments() hint=t.portal.how_to_pay()/> }
            .into_any();
    }
    view! {
        <Table columns=columns(t) rows=page.rows label=t.portal.payments()/>
        <Pager query=query.get_untracked() total=page.total number=page.number/>
    }
    .into_any()
}

fn columns(t: Words) -> Vec<Column<PaymentRow>> {
    let receipt = move |row: &PaymentRow| {
        let href = format!("/documents/receipts/{}.pdf", row.id);
        let label = match row.reversed_on {
            Some(on) => t.portal.bounced(&row.receipt, format::date(on, t)),
            None => row.receipt.clone(),
        };
        view! { <a href=href target="_blank" rel="external">{label}" (PDF)"</a> }.into_any()
    };
    vec![
        Column::new(t.portal.receipt(), receipt),
        Column::new(t.portal.received(), move |row: &PaymentRow| format::date(row.received_on, t)),
        Column::new(t.portal.method(), move |row: &PaymentRow| payment_method(row.method, t)),
        Column::new(t.money.total(), |row: &PaymentRow| money(row.amount)).number(),
    ]
}

#[component]
pub fn HistoryPage() -> impl IntoView {
    let t = words();
    let history = Resource::new_blocking(|| (), |()| my_history());
    view! {
        <PageHeader title=t.portal.history()/>
        <Loaded from=history view=|entries| view! { <History entries/> }/>
    }
}

#[component]
fn History(entries: Vec<TimelineEntry>) -> impl IntoView {
    let t = words();
    let moments = moments(&entries, Reader::Customer, t);
    if moments.is_empty() {
        return view! { <EmptyState icon=Icon::Clock title=t.portal.no_history() hint=t.portal.no_history_hint()/> }
            .into_any();
    }
    view! { <Timeline moments/> }.into_any()
}
