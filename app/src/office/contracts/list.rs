//! The list of contracts.

use domain::contract::ContractStateName;
use domain::service::{ServiceState, TechnicalState};
use domain::views::bulk::BulkAction;
use domain::views::contracts::{ContractEvent, ContractIs, ContractRow};
use domain::views::customers::Debt;
use domain::views::list::Page;
use leptos::prelude::*;

use super::{
    api::{ContractFilters, list_contracts, records_to_filter_by},
    href,
};
use crate::{
    i18n::{Words, words},
    office::bulk::{Bulk, choose_column},
    office::customers::debt_name,
    office::list_tools::ListTools,
    parts::{
        amount::money,
        place::street_and_city,
        state::{contract_badge, contract_state, service_badge, service_state, technical_state},
    },
    surroundings::may,
    ui::{
        badge::Badge,
        button::{LinkButton, Variant},
        empty::EmptyState,
        form::choices_of,
        format,
        icon::Icon,
        list::{Column, Filter, FilterSelect, List, ListControls, ListQuery, Table, use_list_query},
        loaded::Loaded,
        page::PageHeader,
        tone::Tone,
    },
};

#[component]
pub fn ContractsPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let contracts = Resource::new_blocking(move || query.get(), list_contracts);
    let records = Resource::new_blocking(|| (), |()| records_to_filter_by());
    let table = move |page: Page<ContractRow>| {
        let empty = move || {
            view! {
                <EmptyState icon=Icon::Contract title=t.contracts.none() hint=t.contracts.none_hint()>{new_button(t)}</EmptyState>
            }
        };
        let href = |contract: &ContractRow| href(contract.id);
        let whose = Column::new(t.contracts.customer(), whose).sorted("customer");
        let actions = [
            ("place_holds", BulkAction::Hold),
            ("lift_holds", BulkAction::Lift),
            ("edit_customers", BulkAction::Sector),
            ("write_to_customers", BulkAction::Message),
        ];
        let actions: Vec<_> = actions.into_iter().filter(|(verb, _)| may(verb)).map(|(_, action)| action).collect();
        let mut columns = columns(whose, t);
        if !actions.is_empty() {
            columns.push(choose_column(|row: &ContractRow| row.id.0, |row| row.code.clone(), t));
        }
        view! {
            <Bulk query to="/office/bulk/contracts" actions>
                <List query page columns label=t.contracts.title() href empty/>
            </Bulk>
        }
    };
    view! {
        <PageHeader title=t.contracts.title()>{new_button(t)}</PageHeader>
        <ListControls query search=t.contracts.search_hint() filters=state_filters(t)>
            <Loaded from=records view=move |records| view! { <RecordFilters query records/> }/>
            <ListTools/>
        </ListControls>
        <Happened query/>
        <Loaded from=contracts view=table/>
    }
}

fn new_button(t: Words) -> Option<impl IntoView> {
    may("edit_contracts").then(|| {
        view! {
            <LinkButton href="/office/contracts/new" variant=Variant::Primary icon=Icon::Plus>{t.contracts.new()}</LinkButton>
        }
    })
}

fn state_filters(t: Words) -> Vec<Filter> {
    let states = ContractStateName::ALL.iter().map(|state| (state.to_string(), contract_state(*state, t).to_owned()));
    let services = ServiceState::ALL.iter().filter(|state| **state != ServiceState::None);
    let services = services.map(|state| (state.to_string(), service_state(*state, t).to_owned()));
    let debts = Debt::ALL.iter().map(|debt| (debt.to_string(), debt_name(*debt, t).to_owned()));
    let attention = ContractIs::ALL.iter().map(|is| (is.to_string(), attention(*is, t).to_owned()));
    vec![
        Filter { name: "state", label: t.contracts.state().to_owned(), choices: states.collect() },
        Filter { name: "service", label: t.contracts.service().to_owned(), choices: services.collect() },
        Filter { name: "debt", label: t.contracts.debt().to_owned(), choices: debts.collect() },
        Filter { name: "is", label: t.contracts.attention().to_owned(), choices: attention.collect() },
    ]
}

fn attention(is: ContractIs, t: Words) -> &'static str {
    match is {
        ContractIs::Cut => t.contracts.is_cut(),
        ContractIs::OutOfStep => t.contracts.is_out_of_step(),
        ContractIs::Parked => t.contracts.is_parked(),
    }
}

/// What happened to a contract, in words.
pub(in crate::office) fn event_name(event: ContractEvent, t: Words) -> &'static str {
    match event {
        ContractEvent::New => t.figures.event_new(),
        ContractEvent::Expansion => t.figures.event_expansion(),
        ContractEvent::Contraction => t.figures.event_contraction(),
        ContractEvent::Churned => t.figures.event_churned(),
        ContractEvent::Reactivated => t.figures.event_reactivated(),
        ContractEvent::Moved => t.figures.event_moved(),
        ContractEvent::Closed => t.figures.event_closed(),
        ContractEvent::Provisioned => t.figures.event_provisioned(),
        ContractEvent::Reconnected => t.figures.event_reconnected(),
    }
}

/// What happened to the contracts of the list, and when, as the dashboard led to them; and the way to let it go.
#[component]
fn Happened(query: Memo<ListQuery>) -> impl IntoView {
    let t = words();
    move || {
        let query = query.get();
        let event: ContractEvent = query.filter_as("event")?;
        let day = |name| query.filter_as(name).map(|day| format::date(day, t)).unwrap_or_else(|| "…".to_owned());
        let words = t.figures.happened(event_name(event, t), day("from"), day("to"));
        let rest = query.with_filter("from", None).with_filter("to", None);
        let rest = rest.with_filter("event", None).href();
        Some(view! {
            <p>
                <a class="chip" aria-current="true" href=rest>
                    {words}
                    {Icon::Close.view()}
                    <span class="visually-hidden">{t.common.remove_filter()}</span>
                </a>
            </p>
        })
    }
}

/// Sector and plan always; policy and router when a page that leads here asked for one.
#[component]
fn RecordFilters(query: Memo<ListQuery>, records: ContractFilters) -> impl IntoView {
    let t = words();
    let asked = move |name: &'static str| Memo::new(move |_| query.read().filter(name).is_some());
    let (policy, router) = (asked("policy"), asked("router"));
    let filter = move |name, label: &str, choices| Filter { name, label: label.to_owned(), choices };
    let policies = filter("policy", t.contracts.policy(), choices_of(records.policies));
    let routers = filter("router", t.contracts.router(), choices_of(records.routers));
    view! {
        <div class="list-controls">
            <FilterSelect query filter=filter("sector", t.contracts.sector(), choices_of(records.sectors))/>
            <FilterSelect query filter=filter("plan", t.contracts.plan(), choices_of(records.plans))/>
            {move || policy.get().then(|| view! { <FilterSelect query filter=policies.clone()/> })}
            {move || router.get().then(|| view! { <FilterSelect query filter=routers.clone()/> })}
        </div>
    }
}

/// The customer, and under the name where the service is.
fn whose(contract: &ContractRow) -> AnyView {
    let place = street_and_city(&contract.street, &contract.city);
    view! {
        <span class="one-line">{contract.customer.name.clone()}</span>
        <span class="one-line muted small">{place}</span>
    }
    .into_any()
}

/// All contracts of a customer.
#[component]
pub fn ContractsTable(rows: Vec<ContractRow>) -> impl IntoView {
    let t = words();
    let href = Box::new(|contract: &ContractRow| href(contract.id));
    let place = |contract: &ContractRow| street_and_city(&contract.street, &contract.city);
    let place = Column::new(t.contracts.place(), place);
    view! { <Table columns=columns(place, t) rows label=t.contracts.title() href/> }
}

fn columns(second: Column<ContractRow>, t: Words) -> Vec<Column<ContractRow>> {
    let plan = |contract: &ContractRow| view! { <span class="one-line">{contract.plan.clone()}</span> };
    let overdue = move |contract: &ContractRow| contract.overdue_since.map(|since| format::date(since, t));
    let next = move |contract: &ContractRow| contract.next_invoice_on.map(|on| format::date(on, t));
    let owed = |contract: &ContractRow| (!contract.owed.is_zero()).then(|| money(contract.owed));
    vec![
        Column::new(t.contracts.code(), |contract: &ContractRow| contract.code.clone()).sorted("code"),
        second,
        Column::new(t.contracts.plan(), plan).secondary(),
        Column::new(t.contracts.service(), move |contract: &ContractRow| state(contract, t)).sorted("service_since"),
        Column::new(t.contracts.owed(), owed).number(),
        Column::new(t.contracts.overdue_since(), overdue).sorted("due_since"),
        Column::new(t.contracts.next_invoice(), next).sorted("next_invoice").secondary(),
    ]
}

/// What the customer may use, where there is something to use; otherwise where the contract stands. Also what the
/// device holds, while it is something else.
fn state(contract: &ContractRow, t: Words) -> AnyView {
    let state = match contract.service {
        ServiceState::None => contract_badge(contract.state, t),
        service => service_badge(service, t),
    };
    let differs = contract.technical.filter(|state| *state != TechnicalState::wanted(contract.service));
    let differs = differs.map(|read| {
        let label = t.contracts.device_holds(technical_state(read, t));
        view! { <Badge tone=Tone::Warn icon=Icon::Router label/> }
    });
    view! { <span class="badges">{state}{differs}</span> }.into_any()
}
