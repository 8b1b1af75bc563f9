//! How a customer wants to be reached, when they tell the staff.

use domain::ids::CustomerId;
use domain::views::messages::PreferenceView;
use leptos::prelude::*;

use super::api::{SavePreference, show_preference};
use crate::{
    failure::AppError,
    i18n::words,
    parts::{Reader, message::PreferenceFields},
    ui::{
        card::Card,
        form::{Form, FormActions, FormState, use_form},
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn PreferencePage() -> impl IntoView {
    let id = use_id::<CustomerId>();
    let save = use_form::<SavePreference>();
    let preference = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            let customer = id?;
            Ok::<_, AppError>((customer, show_preference(customer).await?))
        },
    );
    let page = move |(customer, preference)| view! { <Choosing customer preference save/> };
    view! { <Loaded from=preference view=page/> }
}

#[component]
fn Choosing(customer: CustomerId, preference: PreferenceView, save: FormState<SavePreference>) -> impl IntoView {
    let t = words();
    let own = format!("/office/customers/{customer}");
    let places = vec![
        (t.customers.title().to_owned(), "/office/customers".to_owned()),
        (t.messages.customer().to_owned(), own.clone()),
    ];
    view! {
        <PageHeader title=t.messages.preference() summary=t.messages.preference_hint() places/>
        <Card>
            <Form state=save>
                <input type="hidden" name="customer" value=customer.to_string()/>
                <PreferenceFields preference reader=Reader::Staff/>
                <FormActions label=t.common.save() back=own/>
            </Form>
        </Card>
    }
}
