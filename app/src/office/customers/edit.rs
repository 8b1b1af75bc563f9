//! A customer's facts: new, and corrected.

use domain::contact::{CustomerKind, Language};
use domain::ids::CustomerId;
use domain::tax_id::TaxIdRule;
use domain::views::customers::{CustomerDetail, CustomerForm};
use leptos::prelude::*;

use super::{
    api::{CreateCustomer, EditCustomer, see_tax_id_rule, show_customer},
    href, kind_name, language_name, places,
};
use crate::{
    failure::AppError,
    i18n::words,
    ui::{
        card::Card,
        form::{Choices, Field, Form, FormActions, FormState, Kind, Select, use_form},
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn NewCustomerPage() -> impl IntoView {
    let t = words();
    let form = use_form::<CreateCustomer>();
    let values = CustomerForm {
        kind: CustomerKind::Person.to_string(),
        language: t.locale.code().to_owned(),
        ..CustomerForm::default()
    };
    let places = vec![(t.customers.title().to_owned(), "/office/customers".to_owned())];
    let rule = Resource::new_blocking(|| (), |()| see_tax_id_rule());
    let fields = move |rule: TaxIdRule| view! { <CustomerFields values=values.clone() rule/> };
    view! {
        <PageHeader title=t.customers.new() places/>
        <Card>
            <Form state=form>
                <Loaded from=rule view=fields/>
                <Field name="form[reference]" label=t.customers.reference() hint=t.customers.reference_hint() optional=true most=40/>
                <FormActions label=t.customers.create() back="/office/customers"/>
            </Form>
        </Card>
    }
}

#[component]
pub fn EditCustomerPage() -> impl IntoView {
    let id = use_id::<CustomerId>();
    let form = use_form::<EditCustomer>();
    let found = Resource::new_blocking(
        move || id.get(),
        |id| async move { Ok::<_, AppError>((show_customer(id?).await?, see_tax_id_rule().await?)) },
    );
    view! { <Loaded from=found view=move |(customer, rule)| view! { <Edit customer rule form/> }/> }
}

#[component]
fn Edit(customer: CustomerDetail, rule: TaxIdRule, form: FormState<EditCustomer>) -> impl IntoView {
    let t = words();
    view! {
        <PageHeader title=t.customers.edit_title() places=places(&customer, t)/>
        <Card>
            <Form state=form>
                <input type="hidden" name="customer" value=customer.id.to_string()/>
                <CustomerFields values=customer.form() rule/>
                <FormActions label=t.common.save() back=href(customer.id)/>
            </Form>
        </Card>
    }
}

#[component]
fn CustomerFields(values: CustomerForm, rule: TaxIdRule) -> impl IntoView {
    let t = words();
    let kinds: Choices =
        CustomerKind::ALL.iter().map(|kind| (kind.to_string(), kind_name(*kind, t).to_owned())).collect();
    let languages: Choices =
        Language::ALL.iter().map(|language| (language.to_string(), language_name(*language, t).to_owned())).collect();
    view! {
        <Field name="form[name]" label=t.customers.name() value=values.name most=200/>
        <div class="fields">
            <Select name="form[kind]" label=t.customers.kind() choices=kinds value=values.kind/>
            <Field name="form[tax_id]" label=rule.name hint=t.documents.for_example(&rule.example) value=values.tax_id optional=true most=40/>
        </div>
        <div class="fields">
            <Field name="form[email]" label=t.customers.email() value=values.email optional=true kind=Kind::Email/>
            <Field name="form[phone]" label=t.customers.phone() value=values.phone hint=t.customers.phone_hint() optional=true kind=Kind::Phone/>
        </div>
        <Select name="form[language]" label=t.customers.language() hint=t.customers.language_hint() choices=languages value=values.language/>
    }
}
