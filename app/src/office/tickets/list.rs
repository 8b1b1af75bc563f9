//! The list: what is due first comes first.

use domain::ticket::{Priority, Standing, TicketState};
use domain::views::tickets::{TicketCounts, TicketGroup, TicketList, TicketRow};
use leptos::prelude::*;

use super::api::list_tickets;
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    office::sectors::SectorFilter,
    parts::{
        Reader,
        ticket::{name, priority_word, standing_badge, standing_word, state_badge, state_word},
    },
    surroundings::{local, may},
    ui::{
        button::{LinkButton, Variant},
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, Filter, List, ListControls, ListQuery, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn TicketsPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let tickets = Resource::new_blocking(move || query.get(), list_tickets);
    let new = may("open_tickets").then(|| {
        view! {
            <LinkButton href="/office/tickets/new" variant=Variant::Primary icon=Icon::Plus>{t.tickets.new()}</LinkButton>
        }
    });
    view! {
        <PageHeader title=t.tickets.title() summary=t.tickets.hint()>
            {new}
            <LinkButton href="/office/tickets/settings" icon=Icon::Clock>{t.tickets.settings()}</LinkButton>
        </PageHeader>
        <ListControls query search=t.tickets.search() filters=filters(t)>
            <SectorFilter query/>
            <ListTools/>
        </ListControls>
        <Loaded from=tickets view=move |list| view! { <Tickets query list/> }/>
    }
}

fn filters(t: Words) -> Vec<Filter> {
    let groups = [
        (TicketGroup::Open, t.tickets.open()),
        (TicketGroup::Mine, t.tickets.mine()),
        (TicketGroup::Unassigned, t.tickets.unassigned()),
    ];
    let groups = groups.into_iter().map(|(group, words)| (group.word().to_owned(), words.to_owned()));
    let standings = Standing::ALL.iter().map(|word| (word.word().to_owned(), standing_word(*word, t).to_owned()));
    let states = TicketState::ALL.iter().map(|word| (word.word().to_owned(), state_word(*word, t).to_owned()));
    let priorities = Priority::ALL.iter().map(|word| (word.word().to_owned(), priority_word(*word, t).to_owned()));
    vec![
        Filter { name: "is", label: t.tickets.show().to_owned(), choices: groups.collect() },
        Filter { name: "sla", label: t.tickets.deadline().to_owned(), choices: standings.collect() },
        Filter { name: "state", label: t.tickets.state().to_owned(), choices: states.collect() },
        Filter { name: "priority", label: t.tickets.priority().to_owned(), choices: priorities.collect() },
    ]
}

#[component]
fn Tickets(query: Memo<ListQuery>, list: TicketList) -> impl IntoView {
    let t = words();
    let TicketCounts { open, soon, breached, .. } = list.counts;
    let href = |row: &TicketRow| format!("/office/tickets/{}", row.id);
    let empty = move || view! { <EmptyState icon=Icon::Check title=t.tickets.empty() hint=t.tickets.empty_hint()/> };
    view! {
        <p class="list-sum">{t.tickets.counted(format::count(open), format::count(soon), format::count(breached))}</p>
        <List query page=list.page columns=columns(t) label=t.tickets.title() href empty/>
    }
}

fn columns(t: Words) -> Vec<Column<TicketRow>> {
    let what = move |row: &TicketRow| format!("{} {}", row.id.code(), row.subject);
    let due = move |row: &TicketRow| row.due_at.map(|at| format::date_time(local(at), t)).unwrap_or_default();
    let place = |row: &TicketRow| row.sector.clone().unwrap_or_default();
    let outage = move |row: &TicketRow| {
        row.outage.clone().map(|outage| view! { <a href=format!("/office/outages/{}", outage.id)>{outage.name}</a> })
    };
    vec![
        Column::new(t.tickets.what(), what),
        Column::new(t.tickets.customer(), |row: &TicketRow| row.customer.name.clone()),
        Column::new(t.tickets.state(), move |row: &TicketRow| state_badge(row.state, Reader::Staff, t)),
        Column::new(t.tickets.deadline(), move |row: &TicketRow| standing_badge(row.standing, t)),
        Column::new(t.tickets.due(), due),
        Column::new(t.tickets.priority(), move |row: &TicketRow| priority_word(row.priority, t)),
        Column::new(t.tickets.category(), move |row: &TicketRow| name(&row.category, t)).secondary(),
        Column::new(t.tickets.assignee(), |row: &TicketRow| row.assignee.clone().unwrap_or_default()),
        Column::new(t.tickets.sector(), place).secondary(),
        Column::new(t.tickets.outage(), outage).secondary(),
    ]
}
