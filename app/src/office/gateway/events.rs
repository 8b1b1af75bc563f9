//! What the gateway told, and what came of it.

use domain::gateway::EventState;
use domain::views::gateway::{EventList, EventRow, ParkedBecause};
use leptos::prelude::*;

use super::{
    Tabs,
    api::{RepeatGatewayEvent, list_gateway_events},
    event_badge, event_state_name, mode_name, places,
};
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    surroundings::{local, may},
    ui::{
        empty::EmptyState,
        form::{Form, FormState, Submit, use_form},
        format,
        icon::Icon,
        list::{Column, Filter, ListControls, ListQuery, Pager, Table, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

const HERE: &str = "/office/gateway/events";

#[component]
pub fn EventsPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let repeat = use_form::<RepeatGatewayEvent>();
    let done = repeat.done();
    let events = Resource::new_blocking(move || (query.get(), done.get()), |(query, _)| list_gateway_events(query));
    let states = EventState::ALL.iter().map(|state| (state.word().to_owned(), event_state_name(*state, t).to_owned()));
    let filters = vec![Filter { name: "state", label: t.gateway.state().to_owned(), choices: states.collect() }];
    view! {
        <PageHeader title=t.gateway.events() summary=t.gateway.events_hint() places=places(t)><Tabs here=HERE/></PageHeader>
        <ListControls query filters><ListTools/></ListControls>
        <Loaded from=events view=move |page| view! { <Events query page repeat/> }/>
    }
}

#[component]
fn Events(query: Memo<ListQuery>, page: EventList, repeat: FormState<RepeatGatewayEvent>) -> impl IntoView {
    let t = words();
    if page.total == 0 {
        return view! { <EmptyState icon=Icon::Job title=t.gateway.no_events() hint=t.gateway.no_events_hint()/> }
            .into_any();
    }
    view! {
        <Table columns=columns(repeat, t) rows=page.rows label=t.gateway.events()/>
        <Pager query=query.get_untracked() total=page.total number=page.number/>
    }
    .into_any()
}

fn columns(repeat: FormState<RepeatGatewayEvent>, t: Words) -> Vec<Column<EventRow>> {
    let whose = |row: &EventRow| {
        row.customer.as_ref().map(|customer| {
            let (href, name) = (format!("/office/customers/{}", customer.id), customer.name.clone());
            view! { <a href=href>{name}</a> }
        })
    };
    let state = move |row: &EventRow| {
        let why = row.because.as_ref().map(|because| view! { <p class="muted">{why(because, t)}</p> });
        let event = row.id.to_string();
        let again = (row.state == EventState::Parked && may("repeat_events")).then(|| {
            view! {
                <Form state=repeat>
                    <input type="hidden" name="event" value=event/>
                    <Submit icon=Icon::Play>{t.gateway.repeat()}</Submit>
                </Form>
            }
        });
        view! { {event_badge(row.state, t)}{why}{again} }
    };
    vec![
        Column::new(t.gateway.received(), move |row: &EventRow| format::date_time(local(row.received_at), t)),
        Column::new(t.gateway.event(), |row: &EventRow| view! { <code>{row.kind.clone()}</code> }),
        Column::new(t.money.customer(), whose),
        Column::new(t.gateway.state(), state),
        Column::new(t.gateway.mode(), move |row: &EventRow| mode_name(row.mode, t)).secondary(),
        Column::new(t.gateway.name_there(), |row: &EventRow| view! { <code>{row.remote.clone()}</code> }).secondary(),
        Column::new(t.gateway.deliveries(), |row: &EventRow| row.deliveries.to_string()).number().secondary(),
    ]
}

fn why(because: &ParkedBecause, t: Words) -> String {
    match because {
        ParkedBecause::OtherMode => t.gateway.parked_mode().to_owned(),
        ParkedBecause::Gateway { words } => t.gateway.parked_gateway(words),
        ParkedBecause::HasRefunds => t.gateway.parked_refunds().to_owned(),
        ParkedBecause::Incident { number } => t.failure.incident(number),
        ParkedBecause::GivenUp => t.gateway.parked_given_up().to_owned(),
    }
}
