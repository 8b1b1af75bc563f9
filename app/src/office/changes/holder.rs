//! The contract goes to another customer.

use domain::ids::CustomerId;
use domain::views::contracts::ContractDetail;
use domain::views::customers::CustomerRow;
use domain::views::list::Page;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{api::ChangeHolder, change_href, places, use_contract, whom};
use crate::{
    i18n::words,
    office::customers::{
        api::{list_customers, show_customer},
        customer_columns,
    },
    ui::{
        card::Card,
        empty::nothing_found,
        form::{Field, Form, FormActions, FormState, Kind, use_form},
        icon::Icon,
        list::{List, ListControls, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

/// `?customer=ID` says to whom; without it the page asks.
#[component]
pub fn HolderPage() -> impl IntoView {
    let form = use_form::<ChangeHolder>();
    view! { <Loaded from=use_contract() view=move |contract| view! { <Holder contract form/> }/> }
}

#[component]
fn Holder(contract: ContractDetail, form: FormState<ChangeHolder>) -> impl IntoView {
    let t = words();
    let (places, summary) = (places(&contract, t), whom(&contract));
    let query = use_query_map();
    let holder = Memo::new(move |_| query.read().get("customer").and_then(|id| id.parse::<CustomerId>().ok()));
    let page = move || match holder.get() {
        None => view! { <ChooseHolder contract=contract.clone()/> }.into_any(),
        Some(holder) => view! { <ToHolder contract=contract.clone() holder form/> }.into_any(),
    };
    view! {
        <PageHeader title=t.changes.holder() places summary/>
        {page}
    }
}

#[component]
fn ChooseHolder(contract: ContractDetail) -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let customers = Resource::new_blocking(move || query.get(), list_customers);
    let own = contract.id;
    let table = move |page: Page<CustomerRow>| {
        let href = move |row: &CustomerRow| format!("/office/contracts/{own}/change/holder?customer={}", row.id);
        view! { <List query page columns=customer_columns(t) label=t.changes.new_holder() href empty=nothing_found/> }
    };
    view! {
        <Card title=t.changes.new_holder()>
            <p class="muted">{t.changes.new_holder_hint()}</p>
            <ListControls query search=t.customers.search_hint()/>
            <Loaded from=customers view=table/>
        </Card>
    }
}

#[component]
fn ToHolder(contract: ContractDetail, holder: CustomerId, form: FormState<ChangeHolder>) -> impl IntoView {
    let customer = Resource::new_blocking(move || holder, show_customer);
    let page = move |customer: domain::views::customers::CustomerDetail| {
        let t = words();
        let what = t.changes.holder_what(&contract.customer.name, &customer.facts.name);
        view! {
            <Card>
                <p>{what}</p>
                <Form state=form>
                    <input type="hidden" name="contract" value=contract.id.to_string()/>
                    <input type="hidden" name="form[customer]" value=holder.to_string()/>
                    <Field name="form[on]" label=t.changes.holder_on() hint=t.contracts.today_hint() kind=Kind::Date optional=true/>
                    <FormActions label=t.changes.holder() back=change_href(contract.id) icon=Icon::Check/>
                </Form>
            </Card>
        }
    };
    view! { <Loaded from=customer view=page/> }
}
