//! A new contract: whose, where, under which policy. Its charges come next.

use domain::ids::CustomerId;
use domain::views::contract_forms::DraftForm;
use domain::views::contracts::{ContractChoices, ContractDetail};
use domain::views::customers::{CustomerDetail, CustomerRow};
use domain::views::list::Page;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    api::{DraftContract, EditDraft, choices_for_contract},
    href, places, use_contract_and_choices,
};
use crate::{
    failure::AppError,
    i18n::words,
    office::customers::{
        api::{list_customers, show_customer},
        customer_columns,
    },
    surroundings::may,
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        empty::{EmptyState, nothing_found},
        form::{Field, Form, FormActions, FormState, Select, choices_of, use_form},
        icon::Icon,
        list::{List, ListControls, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

/// `?customer=ID` says for whom; without it the page asks.
#[component]
pub fn NewContractPage() -> impl IntoView {
    let t = words();
    let query = use_query_map();
    let form = use_form::<DraftContract>();
    let customer = Memo::new(move |_| query.read().get("customer").and_then(|id| id.parse::<CustomerId>().ok()));
    let page = move || match customer.get() {
        None => view! { <ChooseCustomer/> }.into_any(),
        Some(id) => view! { <DraftFor id form/> }.into_any(),
    };
    let places = vec![(t.contracts.title().to_owned(), "/office/contracts".to_owned())];
    view! {
        <PageHeader title=t.contracts.new() places/>
        {page}
    }
}

#[component]
fn ChooseCustomer() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let customers = Resource::new_blocking(move || query.get(), list_customers);
    let table = move |page: Page<CustomerRow>| {
        let href = |customer: &CustomerRow| format!("/office/contracts/new?customer={}", customer.id);
        view! { <List query page columns=customer_columns(t) label=t.contracts.choose_customer() href empty=nothing_found/> }
    };
    view! {
        <Card title=t.contracts.choose_customer()>
            <p class="muted">{t.contracts.choose_customer_hint()}</p>
            <ListControls query search=t.customers.search_hint()/>
            {may("edit_customers").then(|| view! {
                <div><LinkButton href="/office/customers/new" icon=Icon::Plus>{t.customers.new()}</LinkButton></div>
            })}
            <Loaded from=customers view=table/>
        </Card>
    }
}

#[component]
fn DraftFor(id: CustomerId, form: FormState<DraftContract>) -> impl IntoView {
    let found = Resource::new_blocking(
        move || id,
        |id| async move { Ok::<_, AppError>((show_customer(id).await?, choices_for_contract(id).await?)) },
    );
    view! { <Loaded from=found view=move |(customer, choices)| view! { <Draft customer choices form/> }/> }
}

#[component]
fn Draft(customer: CustomerDetail, choices: ContractChoices, form: FormState<DraftContract>) -> impl IntoView {
    let t = words();
    if choices.addresses.is_empty() {
        let href = format!("/office/customers/{}/addresses/new", customer.id);
        return view! {
            <EmptyState icon=Icon::Sector title=t.contracts.no_address_title() hint=t.contracts.no_address_hint()>
                {may("edit_customers").then(|| view! {
                    <LinkButton href variant=Variant::Primary icon=Icon::Plus>{t.customers.add_address()}</LinkButton>
                })}
            </EmptyState>
        }
        .into_any();
    }
    if choices.policies.is_empty() {
        return view! {
            <EmptyState icon=Icon::Clock title=t.contracts.no_policy_title() hint=t.contracts.no_policy_hint()/>
        }
        .into_any();
    }
    let first = |id: Option<String>| id.unwrap_or_default();
    let values = DraftForm {
        address: first(choices.addresses.first().map(|address| address.id.to_string())),
        policy: first(choices.policies.first().map(|policy| policy.id.to_string())),
        ..DraftForm::default()
    };
    let customer_page = format!("/office/customers/{}", customer.id);
    view! {
        <Card title=customer.facts.name.clone()>
            <p class="muted">{t.contracts.draft_hint()}</p>
            <Form state=form>
                <input type="hidden" name="form[customer]" value=customer.id.to_string()/>
                <Select name="form[address]" label=t.contracts.address() choices=choices_of(choices.addresses) value=values.address/>
                <Select name="form[policy]" label=t.contracts.policy() choices=choices_of(choices.policies) value=values.policy/>
                <div class="fields">
                    <Field name="form[code]" label=t.contracts.code() hint=t.contracts.code_hint() optional=true most=40/>
                    <Field name="form[currency]" label=t.contracts.currency() hint=t.contracts.currency_hint() optional=true most=3/>
                </div>
                <FormActions label=t.contracts.draft() back=customer_page/>
            </Form>
        </Card>
    }
    .into_any()
}

/// Where a draft is to be installed, and its policy.
#[component]
pub fn EditDraftPage() -> impl IntoView {
    let form = use_form::<EditDraft>();
    view! { <Loaded from=use_contract_and_choices() view=move |(contract, choices)| view! { <Edit contract choices form/> }/> }
}

#[component]
fn Edit(contract: ContractDetail, choices: ContractChoices, form: FormState<EditDraft>) -> impl IntoView {
    let t = words();
    view! {
        <PageHeader title=t.contracts.edit_draft() places=places(&contract, t)/>
        <Card>
            <Form state=form>
                <input type="hidden" name="contract" value=contract.id.to_string()/>
                <Select name="form[address]" label=t.contracts.address() choices=choices_of(choices.addresses) value=contract.address.id.to_string()/>
                <Select name="form[policy]" label=t.contracts.policy() choices=choices_of(choices.policies) value=contract.policy.id.to_string()/>
                <FormActions label=t.common.save() back=href(contract.id)/>
            </Form>
        </Card>
    }
}
