//! Signing in: what is seen. The server function comes with the sessions.

use leptos::prelude::*;

use crate::{
    i18n::words,
    ui::{
        button::Variant,
        form::{Field, Kind, Submit},
    },
};

/// Title and hint; the children are the form.
#[component]
pub fn SignInPanel(children: Children) -> impl IntoView {
    let t = words();
    view! {
        <leptos_meta::Title text=t.public.sign_in_title()/>
        <section class="panel">
            <h1 class="page-title">{t.public.sign_in_title()}</h1>
            <p class="panel-hint">{t.public.sign_in_hint()}</p>
            {children()}
        </section>
    }
}

/// The fields, for a form whose server function takes `email` and `password`.
#[component]
pub fn SignInFields() -> impl IntoView {
    let t = words();
    view! {
        <Field name="email" label=t.public.email() kind=Kind::Email/>
        <Field name="password" label=t.public.password() kind=Kind::Password/>
        <Submit variant=Variant::Primary>{t.public.sign_in()}</Submit>
    }
}
