//! Choosing a password, with a link that came by mail.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::ResetPassword;
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
pub fn ResetPage() -> impl IntoView {
    let t = words();
    let form = use_form::<ResetPassword>();
    let token = use_query_map().read_untracked().get("token").unwrap_or_default();
    view! {
        <PublicLayout>
            <WindowTitle title=t.public.reset_title()/>
            <section class="panel">
                <h1 class="page-title">{t.public.reset_title()}</h1>
                <PlainForm state=form>
                    <input type="hidden" name="token" value=token/>
                    <NewPasswordFields/>
                    <Submit variant=Variant::Primary>{t.public.reset_save()}</Submit>
                </PlainForm>
                <p><a href="/forgot">{t.public.reset_another_link()}</a></p>
            </section>
        </PublicLayout>
    }
}

/// A new password, twice: `password` and `repeated_password`.
#[component]
pub fn NewPasswordFields() -> impl IntoView {
    let t = words();
    view! {
        <Field name="password" label=t.public.new_password() hint=t.public.password_hint() kind=Kind::NewPassword/>
        <Field name="repeated_password" label=t.public.repeated_password() kind=Kind::NewPassword/>
    }
}
