//! The form for a new user.

use domain::contact::Language;
use domain::role::Role;
use leptos::prelude::*;

use super::{api::CreateUser, roles};
use crate::{
    i18n::{Words, words},
    ui::{
        button::Variant,
        card::Card,
        form::{Field, Form, Kind, Select, Submit, use_form},
        page::PageHeader,
    },
};

#[component]
pub fn NewUserPage() -> impl IntoView {
    let t = words();
    let form = use_form::<CreateUser>();
    let places = vec![(t.users.title().to_owned(), "/office/users".to_owned())];
    view! {
        <PageHeader title=t.users.new_title() summary=t.users.new_hint() places/>
        <Card>
            <Form state=form>
                <Field name="user[name]" label=t.users.name() most=200/>
                <Field name="user[email]" label=t.users.email() kind=Kind::Email/>
                <Select name="user[role]" label=t.users.role() choices=roles(Role::ALL.iter().copied(), t)/>
                <Field name="user[customer]" label=t.users.customer_reference() hint=t.users.customer_hint() optional=true/>
                <Select name="user[language]" label=t.users.language() choices=languages(t) value="es"/>
                <div class="form-actions"><Submit variant=Variant::Primary>{t.users.create()}</Submit></div>
            </Form>
        </Card>
    }
}

fn languages(t: Words) -> Vec<(String, String)> {
    let name = |language| match language {
        Language::Spanish => t.users.spanish(),
        Language::English => t.users.english(),
    };
    Language::ALL.iter().map(|language| (language.word().to_owned(), name(*language).to_owned())).collect()
}
