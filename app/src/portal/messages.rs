//! How the customer wants to be reached.

use domain::views::messages::PreferenceView;
use leptos::prelude::*;

use super::api::{SaveMyPreference, my_preference};
use crate::{
    i18n::words,
    parts::{Reader, message::PreferenceFields},
    ui::{
        card::Card,
        form::{Form, FormActions, FormState, use_form},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn MessagesPage() -> impl IntoView {
    let save = use_form::<SaveMyPreference>();
    let done = save.done();
    let preference = Resource::new_blocking(move || done.get(), |_| my_preference());
    view! { <Loaded from=preference view=move |preference| view! { <Choosing preference save/> }/> }
}

#[component]
fn Choosing(preference: PreferenceView, save: FormState<SaveMyPreference>) -> impl IntoView {
    let t = words();
    view! {
        <PageHeader title=t.messages.own_title() summary=t.messages.own_hint()/>
        <Card>
            <Form state=save>
                <PreferenceFields preference reader=Reader::Customer/>
                <FormActions label=t.common.save() back="/portal"/>
            </Form>
        </Card>
    }
}
