//! The list of equipment.

use domain::views::list::Page;
use domain::views::macs::{MacRow, MacState};
use leptos::prelude::*;

use super::{api::list_macs, state_badge, state_name};
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    surroundings::local,
    ui::{
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, Filter, List, ListControls, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn MacsPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let macs = Resource::new_blocking(move || query.get(), list_macs);
    let states = MacState::ALL.iter();
    let states = states.map(|state| (state.word().to_owned(), state_name(*state, t).to_owned())).collect();
    let filters = vec![Filter { name: "state", label: t.macs.state().to_owned(), choices: states }];
    let table = move |page: Page<MacRow>| {
        let empty = move || view! { <EmptyState icon=Icon::Device title=t.macs.none() hint=t.macs.none_hint()/> };
        let href = |mac: &MacRow| format!("/office/macs/{}", mac.id);
        view! { <List query page columns=columns(t) label=t.macs.title() href empty/> }
    };
    view! {
        <PageHeader title=t.macs.title() summary=t.macs.hint()/>
        <ListControls query search=t.macs.search() filters><ListTools/></ListControls>
        <Loaded from=macs view=table/>
    }
}

fn columns(t: Words) -> Vec<Column<MacRow>> {
    let whose = |mac: &MacRow| mac.customer.as_ref().map(|(_, name)| name.clone()).unwrap_or_default();
    vec![
        Column::new(t.macs.mac(), |mac: &MacRow| mac.mac.clone()),
        Column::new(t.macs.state(), move |mac: &MacRow| state_badge(mac.state, t)),
        Column::new(t.macs.customer(), whose),
        Column::new(t.macs.router(), |mac: &MacRow| mac.router_name.clone()),
        Column::new(t.macs.address(), |mac: &MacRow| mac.address.clone().unwrap_or_default()).secondary(),
        Column::new(t.macs.last_seen(), move |mac: &MacRow| format::date_time(local(mac.last_seen_at), t)).secondary(),
    ]
}
