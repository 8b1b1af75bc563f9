//! The form for a new policy.

use domain::views::policies::PolicyForm;
use leptos::prelude::*;

use super::{
    api::{CreatePolicy, begin_policy},
    fields::PolicyFields,
};
use crate::{
    i18n::words,
    ui::{
        card::Card,
        form::{Form, FormActions, use_form},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn NewPolicyPage() -> impl IntoView {
    let t = words();
    let form = use_form::<CreatePolicy>();
    let taxes = Resource::new_blocking(|| (), |()| begin_policy());
    let places = vec![(t.catalogue.policies().to_owned(), "/office/policies".to_owned())];
    view! {
        <PageHeader title=t.catalogue.new_policy() summary=t.catalogue.policies_hint() places/>
        <Loaded from=taxes view=move |taxes| view! {
            <Card>
                <Form state=form>
                    <PolicyFields policy=PolicyForm::default() taxes/>
                    <FormActions label=t.catalogue.create() back="/office/policies"/>
                </Form>
            </Card>
        }/>
    }
}
