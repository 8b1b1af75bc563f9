//! Coming into the portal for the first time, with a code that the provider handed over.

use leptos::prelude::*;

use super::{api::ComeIn, reset::NewPasswordFields};
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
pub fn InvitedPage() -> impl IntoView {
    let t = words();
    let form = use_form::<ComeIn>();
    view! {
        <PublicLayout>
            <WindowTitle title=t.people.come_in_title()/>
            <section class="panel">
                <h1 class="page-title">{t.people.come_in_title()}</h1>
                <p class="panel-hint">{t.people.come_in_hint()}</p>
                <PlainForm state=form>
                    <Field name="code" label=t.people.code() hint=t.people.code_field_hint() kind=Kind::Code most=20/>
                    <Field name="contact" label=t.people.contact() hint=t.people.contact_hint()/>
                    <Field name="email" label=t.people.sign_in_email() hint=t.people.sign_in_email_hint() kind=Kind::Email optional=true/>
                    <NewPasswordFields/>
                    <Submit variant=Variant::Primary>{t.people.come_in()}</Submit>
                </PlainForm>
                <p><a href="/sign-in">{t.public.to_sign_in()}</a></p>
            </section>
        </PublicLayout>
    }
}
