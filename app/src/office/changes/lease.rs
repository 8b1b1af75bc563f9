//! Leased equipment: the form, and the list of what is leased and ends when.

use domain::leasing::{LeaseState, LeaseStateName};
use domain::plan::PlanKind;
use domain::views::contracts::LineChoices;
use domain::views::leases::LeaseRow;
use domain::views::list::Page;
use leptos::prelude::*;

use super::{
    api::{AddLease, contract_leases, list_leases},
    change_href, lines, places, whom,
};
use crate::{
    failure::AppError,
    i18n::{Words, words},
    office::contracts::api::choices_for_line,
    office::dashboard::Narrowing,
    office::list_tools::ListTools,
    parts::change::lease_columns,
    ui::{
        card::Card,
        empty::EmptyState,
        form::{Choices, Field, Form, FormActions, FormState, Kind, MoneyInput, Select, use_form},
        format,
        icon::Icon,
        list::{Column, Filter, List, ListControls, use_list_query},
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn NewLeasePage() -> impl IntoView {
    let id = use_id();
    let form = use_form::<AddLease>();
    let found = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            let id = id?;
            Ok::<_, AppError>((choices_for_line(id).await?, contract_leases(id).await?))
        },
    );
    view! { <Loaded from=found view=move |(choices, leases)| view! { <NewLease choices leases form/> }/> }
}

#[component]
fn NewLease(choices: LineChoices, leases: Vec<LeaseRow>, form: FormState<AddLease>) -> impl IntoView {
    let t = words();
    let contract = choices.contract;
    let (places, summary) = (places(&contract, t), whom(&contract));
    let leased = |id: &str| leases.iter().any(|row| row.state == LeaseState::Running && row.line.to_string() == id);
    let sold: Choices = lines(&contract).into_iter().filter(|(id, _)| !leased(id)).collect();
    if sold.is_empty() {
        let hint = t.changes.all_leased_hint();
        return view! {
            <PageHeader title=t.changes.lease() places summary/>
            <EmptyState icon=Icon::Router title=t.changes.all_leased() hint/>
        }
        .into_any();
    }
    let first = sold.first().map(|(id, _)| id.clone()).unwrap_or_default();
    let plans =
        choices.plans.iter().filter(|plan| plan.kind == PlanKind::Internet && plan.currency == contract.currency).map(
            |plan| {
                let price = format::money(plan.price.get(), plan.currency.code());
                (plan.id.to_string(), format!("{} · {price}", plan.name))
            },
        );
    let plans: Choices = plans.collect();
    let currency = contract.currency.to_string();
    view! {
        <PageHeader title=t.changes.lease() places summary/>
        <Card>
            <p>{t.changes.lease_what()}</p>
            <Form state=form>
                <input type="hidden" name="contract" value=contract.id.to_string()/>
                <Select name="form[line]" label=t.changes.lease_line() choices=sold value=first/>
                <div class="fields">
                    <Field name="form[equipment]" label=t.changes.equipment() hint=t.changes.equipment_hint() most=200/>
                    <Field name="form[serial]" label=t.changes.serial() optional=true most=80/>
                </div>
                <div class="fields">
                    <MoneyInput name="form[value]" label=t.changes.value() hint=t.changes.value_hint() currency=currency.clone()/>
                    <Field name="form[commitment_end]" label=t.changes.commitment_end() hint=t.changes.commitment_end_hint() kind=Kind::Date/>
                </div>
                <div class="fields">
                    <Select name="form[plan_after]" label=t.changes.plan_after() choices=plans/>
                    <MoneyInput name="form[price_after]" label=t.changes.price_after() hint=t.contracts.unit_price_hint() currency optional=true/>
                </div>
                <FormActions label=t.changes.lease() back=change_href(contract.id) icon=Icon::Check/>
            </Form>
        </Card>
    }
    .into_any()
}

#[component]
pub fn LeasesPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let leases = Resource::new_blocking(move || query.get(), list_leases);
    let choices = LeaseStateName::ALL.iter().map(|state| (state.word().to_owned(), state_name(*state, t).to_owned()));
    let filters = vec![Filter { name: "state", label: t.changes.ownership().to_owned(), choices: choices.collect() }];
    let table = move |page: Page<LeaseRow>| {
        let empty = move || {
            view! { <EmptyState icon=Icon::Router title=t.changes.no_leases() hint=t.changes.no_leases_hint()/> }
        };
        let href = |row: &LeaseRow| format!("/office/contracts/{}", row.contract.id);
        view! { <List query page columns=columns(t) label=t.changes.leases() href empty/> }
    };
    view! {
        <PageHeader title=t.changes.leases() summary=t.changes.leases_hint()/>
        <ListControls query filters search=t.changes.search_leases()><ListTools/></ListControls>
        <Narrowing query/>
        <Loaded from=leases view=table/>
    }
}

fn state_name(state: LeaseStateName, t: Words) -> &'static str {
    match state {
        LeaseStateName::Running => t.changes.lease_running(),
        LeaseStateName::Passed => t.changes.passed(),
        LeaseStateName::BoughtOut => t.changes.bought_out(),
        LeaseStateName::Returned => t.changes.returned(),
    }
}

fn columns(t: Words) -> Vec<Column<LeaseRow>> {
    let whose =
        Column::new(t.contracts.code(), |row: &LeaseRow| format!("{} · {}", row.contract.name, row.customer.name));
    std::iter::once(whose).chain(lease_columns(t)).collect()
}
