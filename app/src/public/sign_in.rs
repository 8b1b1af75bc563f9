//! Signing in.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::SignIn;
use crate::{
    i18n::words,
    ui::{
        button::Variant,
        form::{Field, Kind, PlainForm, Submit, use_form},
        layout::PublicLayout,
        page::WindowTitle,
    },
};

#[component]
pub fn SignInPage() -> impl IntoView {
    let t = words();
    let form = use_form::<SignIn>();
    let next = use_query_map().read_untracked().get("next").unwrap_or_default();
    view! {
        <PublicLayout>
            <SignInPanel>
                <PlainForm state=form>
                    <input type="hidden" name="next" value=next/>
                    <SignInFields/>
                </PlainForm>
                <p><a href="/forgot">{t.public.forgot()}</a></p>
                <p><a href="/invited">{t.people.have_code()}</a></p>
            </SignInPanel>
        </PublicLayout>
    }
}

/// Title and hint; the children are the form.
#[component]
pub fn SignInPanel(children: Children) -> impl IntoView {
    let t = words();
    view! {
        <WindowTitle title=t.public.sign_in_title()/>
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
