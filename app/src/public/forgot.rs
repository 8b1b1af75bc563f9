//! Asking for a link to choose a new password.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::RequestReset;
use crate::{
    i18n::words,
    ui::{
        button::Variant,
        form::{Field, Form, Kind, Submit, use_form},
        icon::Icon,
        layout::PublicLayout,
        notice::Notice,
        page::WindowTitle,
        tone::Tone,
    },
};

#[component]
pub fn ForgotPage() -> impl IntoView {
    let t = words();
    let form = use_form::<RequestReset>();
    let query = use_query_map();
    let sent = move || query.read().get_str("done") == Some("sent");
    let notice = move || {
        view! {
            <Notice tone=Tone::Ok icon=Icon::Check title=t.public.forgot_sent()>
                <p>{t.public.forgot_sent_hint()}</p>
            </Notice>
        }
    };
    view! {
        <PublicLayout>
            <WindowTitle title=t.public.forgot_title()/>
            <section class="panel">
                <h1 class="page-title">{t.public.forgot_title()}</h1>
                <div role="status">{move || sent().then(notice)}</div>
                <p class="panel-hint">{t.public.forgot_hint()}</p>
                <Form state=form>
                    <Field name="email" label=t.public.email() kind=Kind::Email/>
                    <Submit variant=Variant::Primary>{t.public.forgot_send()}</Submit>
                </Form>
                <p><a href="/sign-in">{t.public.to_sign_in()}</a></p>
            </section>
        </PublicLayout>
    }
}
