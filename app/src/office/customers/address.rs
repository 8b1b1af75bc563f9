//! Where services are installed.

use domain::ids::{AddressId, CustomerId};
use domain::views::customers::{Address, AddressForm, CustomerDetail};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    api::{AddAddress, EditAddress, show_customer},
    href, places,
};
use crate::{
    failure::AppError,
    i18n::words,
    parts::here::UseMyPosition,
    ui::{
        card::Card,
        form::{Field, Form, FormActions, FormState, Select, choices_of, use_form},
        loaded::Loaded,
        page::PageHeader,
        param::{use_id, use_id_named},
    },
};

#[component]
pub fn NewAddressPage() -> impl IntoView {
    let t = words();
    let id = use_id::<CustomerId>();
    let form = use_form::<AddAddress>();
    let customer = Resource::new_blocking(move || id.get(), |id| async move { show_customer(id?).await });
    let page = move |customer: CustomerDetail| {
        let values = AddressForm { country: customer.likely_country().to_owned(), ..AddressForm::default() };
        view! {
            <PageHeader title=t.customers.add_address() places=places(&customer, t)/>
            <Card>
                <Form state=form>
                    <AddressFields customer values/>
                </Form>
            </Card>
        }
    };
    view! { <Loaded from=customer view=page/> }
}

/// `?contract=ID` says which contract needs it, to go back there.
#[component]
pub fn AddressPage() -> impl IntoView {
    let (id, address) = (use_id::<CustomerId>(), use_id_named::<AddressId>("address"));
    let form = use_form::<EditAddress>();
    let found = Resource::new_blocking(
        move || (id.get(), address.get()),
        |(id, address)| async move {
            let (customer, id) = (show_customer(id?).await?, address?);
            let address = customer.addresses.iter().find(|address| address.id == id).cloned();
            address.map(|address| (customer, address)).ok_or(AppError::NotThere)
        },
    );
    view! { <Loaded from=found view=move |(customer, address)| view! { <Edit customer address form/> }/> }
}

#[component]
fn Edit(customer: CustomerDetail, address: Address, form: FormState<EditAddress>) -> impl IntoView {
    let t = words();
    let asked_by = use_query_map().read_untracked().get("contract");
    let asked_by = asked_by.map(|contract| view! { <input type="hidden" name="contract" value=contract/> });
    view! {
        <PageHeader title=t.customers.edit_address() places=places(&customer, t)/>
        <Card>
            <Form state=form>
                <input type="hidden" name="address" value=address.id.to_string()/>
                {asked_by}
                <AddressFields customer values=AddressForm::from(&address.facts)/>
            </Form>
        </Card>
    }
}

#[component]
fn AddressFields(customer: CustomerDetail, values: AddressForm) -> impl IntoView {
    let t = words();
    let sectors = choices_of(customer.sectors);
    view! {
        <input type="hidden" name="customer" value=customer.id.to_string()/>
        <Field name="form[street]" label=t.customers.street() value=values.street most=200/>
        <div class="fields">
            <Field name="form[city]" label=t.customers.city() value=values.city most=100/>
            <Field name="form[postal_code]" label=t.customers.postal_code() value=values.postal_code optional=true most=20/>
        </div>
        <div class="fields">
            <Field name="form[country]" label=t.customers.country() hint=t.customers.country_hint() value=values.country most=2/>
            <Select name="form[sector]" label=t.customers.sector() choices=sectors value=values.sector optional=true/>
        </div>
        <Field name="form[position]" label=t.customers.position() hint=t.customers.position_hint() value=values.position optional=true/>
        <UseMyPosition field="form[position]"/>
        <FormActions label=t.common.save() back=href(customer.id)/>
    }
}
