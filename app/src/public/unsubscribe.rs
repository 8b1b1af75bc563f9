//! Asking for no more than one must know, by the link in a message. Coming here changes nothing: the button does.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::{Unsubscribe, who_unsubscribes};
use crate::{
    i18n::words,
    ui::{
        button::Variant,
        form::{PlainForm, Submit, use_form},
        layout::PublicLayout,
        loaded::Loaded,
        page::WindowTitle,
    },
};

#[component]
pub fn UnsubscribePage() -> impl IntoView {
    let t = words();
    let form = use_form::<Unsubscribe>();
    let query = use_query_map();
    let token = query.read_untracked().get("token").unwrap_or_default();
    let done = query.read_untracked().get("done").is_some();
    let asked = token.clone();
    let company = Resource::new_blocking(|| (), move |()| who_unsubscribes(asked.clone()));
    let ask = move |company: String| match done {
        true => view! { <p>{t.messages.unsubscribed(&company)}</p> }.into_any(),
        false => {
            let token = token.clone();
            view! {
            <p>{t.messages.unsubscribe_what(&company)}</p>
            <PlainForm state=form>
                <input type="hidden" name="token" value=token/>
                <Submit variant=Variant::Primary>{t.messages.unsubscribe()}</Submit>
            </PlainForm>
            }
            .into_any()
        }
    };
    view! {
        <PublicLayout>
            <WindowTitle title=t.messages.unsubscribe_title()/>
            <section class="panel">
                <h1 class="page-title">{t.messages.unsubscribe_title()}</h1>
                <Loaded from=company view=ask/>
            </section>
        </PublicLayout>
    }
}
