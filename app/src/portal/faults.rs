//! Faults, as customers report and follow them: what is known to be down is said before anything is asked.

pub mod api;
mod conversation;
mod report;

pub use conversation::FaultPage;
pub use report::NewFaultPage;

use domain::views::list::Page;
use domain::views::tickets::MyTicketRow;
use leptos::prelude::*;

use self::api::my_faults;
use crate::{
    i18n::{Words, words},
    parts::{
        Reader,
        ticket::{name, state_badge},
    },
    surroundings::local,
    ui::{
        button::{LinkButton, Variant},
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, ListQuery, Pager, Table, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn FaultsPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let faults = Resource::new_blocking(move || query.get(), my_faults);
    view! {
        <PageHeader title=t.faults.title() summary=t.faults.hint()>
            <LinkButton href="/portal/faults/new" variant=Variant::Primary icon=Icon::Alert>{t.faults.report()}</LinkButton>
        </PageHeader>
        <Loaded from=faults view=move |page| view! { <Faults query page/> }/>
    }
}

#[component]
fn Faults(query: Memo<ListQuery>, page: Page<MyTicketRow>) -> impl IntoView {
    let t = words();
    if page.total == 0 {
        return view! { <EmptyState icon=Icon::Check title=t.faults.none() hint=t.faults.none_hint()/> }.into_any();
    }
    let href = |row: &MyTicketRow| format!("/portal/faults/{}", row.id);
    view! {
        <Table columns=columns(t) rows=page.rows label=t.faults.title() href/>
        <Pager query=query.get_untracked() total=page.total number=page.number/>
    }
    .into_any()
}

fn columns(t: Words) -> Vec<Column<MyTicketRow>> {
    vec![
        Column::new(t.faults.about(), |row: &MyTicketRow| row.subject.clone()),
        Column::new(t.tickets.state(), move |row: &MyTicketRow| state_badge(row.state, Reader::Customer, t)),
        Column::new(t.faults.reported(), move |row: &MyTicketRow| format::date_time(local(row.opened_at), t)),
        Column::new(t.tickets.category(), move |row: &MyTicketRow| name(&row.category, t)).secondary(),
        Column::new(t.faults.number(), |row: &MyTicketRow| row.id.code()).secondary(),
    ]
}
