//! What is down, and what was.

use domain::outage::OutageState;
use domain::views::collections::{OutagePlace, OutageRow};
use domain::views::list::Page;
use leptos::prelude::*;

use super::api::{EndOutage, list_outages};
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    surroundings::may,
    ui::{
        badge::Badge,
        button::{LinkButton, Variant},
        empty::EmptyState,
        form::{Form, FormState, Submit, use_form},
        format,
        icon::Icon,
        list::{Column, Filter, List, ListControls, use_list_query},
        loaded::Loaded,
        page::PageHeader,
        tone::Tone,
    },
};

#[component]
pub fn OutagesPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let end = use_form::<EndOutage>();
    let done = end.done();
    let outages = Resource::new_blocking(
        move || (query.get(), done.get()),
        |(query, _)| async move { list_outages(query).await },
    );
    let over = vec![("true".to_owned(), t.collections.over().to_owned())];
    let filters = vec![Filter { name: "over", label: t.collections.show().to_owned(), choices: over }];
    let table = move |page: Page<OutageRow>| {
        let empty = move || {
            view! { <EmptyState icon=Icon::Signal title=t.collections.no_outages() hint=t.collections.no_outages_hint()/> }
        };
        let href = |row: &OutageRow| format!("/office/outages/{}", row.id);
        view! { <List query page columns=columns(t, end) label=t.collections.outages() href empty/> }
    };
    let new = may("edit_outages").then(|| {
        view! {
            <LinkButton href="/office/outages/new" variant=Variant::Primary icon=Icon::Plus>{t.collections.report_outage()}</LinkButton>
        }
    });
    view! {
        <PageHeader title=t.collections.outages() summary=t.collections.outages_hint()>{new}</PageHeader>
        <ListControls query filters><ListTools/></ListControls>
        <Loaded from=outages view=table/>
    }
}

fn columns(t: Words, end: FormState<EndOutage>) -> Vec<Column<OutageRow>> {
    let last = move |row: &OutageRow| match row.ends_on {
        Some(last) => format::date(last, t),
        None => t.collections.open_end().to_owned(),
    };
    vec![
        Column::new(t.collections.place(), move |row: &OutageRow| place(&row.place, t)),
        Column::new(t.collections.state(), move |row: &OutageRow| badge(row, t)),
        Column::new(t.collections.outage_reason(), |row: &OutageRow| row.reason.clone()),
        Column::new(t.collections.from(), move |row: &OutageRow| format::date(row.starts_on, t)),
        Column::new(t.collections.last_day(), last),
        Column::new(t.collections.contracts_there(), |row: &OutageRow| format::count(row.contracts)).number(),
        Column::new(t.tickets.title(), |row: &OutageRow| format::count(row.tickets)).number(),
        Column::new(t.collections.action(), move |row: &OutageRow| ending(row, end, t)),
    ]
}

pub(super) fn place(place: &OutagePlace, t: Words) -> String {
    match place {
        OutagePlace::Sector { sector } => t.collections.sector_named(&sector.name),
        OutagePlace::Router { router } => t.collections.router_named(&router.name),
    }
}

pub(super) fn badge(row: &OutageRow, t: Words) -> AnyView {
    let (tone, icon) = match row.state {
        OutageState::Down => (Tone::Danger, Icon::Alert),
        OutageState::Planned | OutageState::Unconfirmed => (Tone::Accent, Icon::Clock),
        OutageState::Over => (Tone::Neutral, Icon::Check),
        OutageState::CalledOff => (Tone::Neutral, Icon::Close),
    };
    view! { <Badge tone icon label=state_name(row, t)/> }.into_any()
}

pub(super) fn state_name(row: &OutageRow, t: Words) -> &'static str {
    match row.state {
        OutageState::Planned => t.collections.planned(),
        OutageState::Down => t.collections.down(),
        OutageState::Unconfirmed => t.collections.unconfirmed(),
        OutageState::Over => t.collections.over(),
        OutageState::CalledOff => t.collections.called_off(),
    }
}

fn ending(row: &OutageRow, end: FormState<EndOutage>, t: Words) -> Option<AnyView> {
    let id = row.id;
    let (icon, label) = end_words(row, t);
    (!row.state.is_over() && may("edit_outages")).then(|| {
        view! {
            <Form state=end>
                <input type="hidden" name="outage" value=id.to_string()/>
                <Submit icon>{label}</Submit>
            </Form>
        }
        .into_any()
    })
}

/// On the button that ends it: what has not begun is called off.
pub(super) fn end_words(row: &OutageRow, t: Words) -> (Icon, &'static str) {
    match row.state {
        OutageState::Planned => (Icon::Close, t.collections.call_off()),
        _ => (Icon::Check, t.collections.works_again()),
    }
}
