//! Writing to the customers of what was chosen.

use leptos::prelude::*;

use crate::{
    i18n::words,
    ui::{
        button::Variant,
        form::{Field, Submit, Textarea},
        icon::Icon,
    },
};

/// The rows, and the key by which they are done once.
#[component]
pub(super) fn OnceFields(rows: String, key: String) -> impl IntoView {
    view! {
        <input type="hidden" name="form[rows]" value=rows/>
        <input type="hidden" name="form[key]" value=key/>
    }
}

/// What is sent when it is to be done.
#[component]
pub(super) fn ConfirmMessage(rows: String, key: String) -> impl IntoView {
    let t = words();
    view! {
        <OnceFields rows key/>
        <Field name="form[subject]" label=t.bulk.subject() most=150/>
        <Textarea name="form[text]" label=t.bulk.text() hint=t.bulk.text_hint() rows=6 most=1_000/>
        <Submit variant=Variant::Danger icon=Icon::Mail>{t.bulk.message()}</Submit>
    }
}
