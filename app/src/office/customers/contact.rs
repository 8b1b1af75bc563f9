//! Whom to call at a customer's.

use domain::ids::{ContactId, CustomerId};
use domain::views::customers::{Contact, ContactForm, CustomerDetail};
use leptos::prelude::*;

use super::{
    api::{AddContact, EditContact, RemoveContact, show_customer},
    href, places,
};
use crate::{
    failure::AppError,
    i18n::words,
    ui::{
        button::Variant,
        card::Card,
        dialog::Confirm,
        form::{Field, Form, FormActions, FormState, Kind, Submit, use_form},
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
        param::{use_id, use_id_named},
    },
};

#[component]
pub fn NewContactPage() -> impl IntoView {
    let t = words();
    let id = use_id::<CustomerId>();
    let form = use_form::<AddContact>();
    let customer = Resource::new_blocking(move || id.get(), |id| async move { show_customer(id?).await });
    let page = move |customer: CustomerDetail| {
        view! {
            <PageHeader title=t.customers.add_contact() places=places(&customer, t)/>
            <Card>
                <Form state=form>
                    <ContactFields customer=customer.id values=ContactForm::default()/>
                </Form>
            </Card>
        }
    };
    view! { <Loaded from=customer view=page/> }
}

#[component]
pub fn ContactPage() -> impl IntoView {
    let (id, contact) = (use_id::<CustomerId>(), use_id_named::<ContactId>("contact"));
    let (edit, remove) = (use_form::<EditContact>(), use_form::<RemoveContact>());
    let found = Resource::new_blocking(
        move || (id.get(), contact.get()),
        |(id, contact)| async move {
            let (customer, id) = (show_customer(id?).await?, contact?);
            let contact = customer.contacts.iter().find(|contact| contact.id == id).cloned();
            contact.map(|contact| (customer, contact)).ok_or(AppError::NotThere)
        },
    );
    view! { <Loaded from=found view=move |(customer, contact)| view! { <Edit customer contact edit remove/> }/> }
}

#[component]
fn Edit(
    customer: CustomerDetail,
    contact: Contact,
    edit: FormState<EditContact>,
    remove: FormState<RemoveContact>,
) -> impl IntoView {
    let t = words();
    let name = contact.facts.name.clone();
    let hidden = move || {
        view! {
            <input type="hidden" name="customer" value=customer.id.to_string()/>
            <input type="hidden" name="contact" value=contact.id.to_string()/>
        }
    };
    view! {
        <PageHeader title=t.customers.edit_contact() places=places(&customer, t)>
            <Confirm id="remove" label=t.customers.remove_contact() title=t.customers.remove_contact() variant=Variant::Danger icon=Icon::Close>
                <p>{t.customers.remove_contact_hint(name)}</p>
                <Form state=remove>
                    {hidden()}
                    <Submit variant=Variant::Danger>{t.customers.remove_contact()}</Submit>
                </Form>
            </Confirm>
        </PageHeader>
        <Card>
            <Form state=edit>
                <input type="hidden" name="contact" value=contact.id.to_string()/>
                <ContactFields customer=customer.id values=ContactForm::from(&contact.facts)/>
            </Form>
        </Card>
    }
}

#[component]
fn ContactFields(customer: CustomerId, values: ContactForm) -> impl IntoView {
    let t = words();
    view! {
        <input type="hidden" name="customer" value=customer.to_string()/>
        <Field name="form[name]" label=t.customers.name() value=values.name most=200/>
        <Field name="form[role]" label=t.customers.role() hint=t.customers.role_hint() value=values.role optional=true most=100/>
        <div class="fields">
            <Field name="form[phone]" label=t.customers.phone() hint=t.customers.phone_hint() value=values.phone optional=true kind=Kind::Phone/>
            <Field name="form[email]" label=t.customers.email() value=values.email optional=true kind=Kind::Email/>
        </div>
        <FormActions label=t.common.save() back=href(customer)/>
    }
}
