//! The words of one message, with how they read beside them.

use domain::views::messages::{TemplateDetail, TemplateForm, TemplateKey, TemplatePreview};
use leptos::{
    ev,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{HtmlInputElement, HtmlTextAreaElement},
};

use super::api::{RestoreMessageTemplate, SaveMessageTemplate, show_message_template};
use crate::{
    failure::AppError,
    i18n::words,
    office::customers::language_name,
    parts::message::purpose_name,
    ui::{
        button::Variant,
        card::Card,
        form::{Field, Form, FormState, Submit, Textarea, use_form},
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn MessageTemplatePage() -> impl IntoView {
    let key = use_id::<TemplateKey>();
    let (save, restore) = (use_form::<SaveMessageTemplate>(), use_form::<RestoreMessageTemplate>());
    let (saved, restored) = (save.done(), restore.done());
    let template = Resource::new_blocking(
        move || (key.get(), saved.get(), restored.get()),
        |(key, ..)| async move { show_message_template(key?.to_string()).await },
    );
    view! { <Loaded from=template view=move |template| view! { <Template template save restore/> }/> }
}

#[component]
fn Template(
    template: TemplateDetail,
    save: FormState<SaveMessageTemplate>,
    restore: FormState<RestoreMessageTemplate>,
) -> impl IntoView {
    let t = words();
    let places = vec![
        (t.messages.title().to_owned(), "/office/messages".to_owned()),
        (t.messages.settings().to_owned(), "/office/messages/settings".to_owned()),
    ];
    let TemplateDetail { purpose, language, template, is_own } = template;
    let key = TemplateKey { purpose, language }.to_string();
    let title = format!("{} ({})", purpose_name(purpose, t), language_name(language, t));
    let summary = if is_own { t.documents.uses_own() } else { t.documents.uses_built_in() };
    let values = purpose.values().iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(" ");
    let form = TemplateForm::from(&template);
    let typed = RwSignal::new(form.clone());
    let again = key.clone();
    let restoring = is_own.then(|| {
        view! {
            <Form state=restore>
                <input type="hidden" name="key" value=again/>
                <Submit>{t.messages.restore()}</Submit>
            </Form>
        }
    });
    view! {
        <PageHeader title summary places>{restoring}</PageHeader>
        // The fields tell what is typed into them by an event that rises to here.
        <div class="columns" data-wide="true" on:input=move |event| note(&event, typed)>
            <Card title=t.messages.words()>
                <p class="muted">{t.messages.values(values)}</p>
                <Form state=save>
                    <input type="hidden" name="key" value=key/>
                    <Field name="template[subject]" label=t.messages.subject() value=form.subject most=200/>
                    <Textarea name="template[body]" label=t.messages.body() value=form.body rows=14 most=5000/>
                    <Textarea name="template[short]" label=t.messages.short() hint=t.messages.short_hint() value=form.short
                              rows=4 most=600/>
                    <div class="form-actions"><Submit variant=Variant::Primary>{t.common.save()}</Submit></div>
                </Form>
            </Card>
            <Card title=t.documents.preview()>
                {move || match typed.read().preview(purpose) {
                    Ok(preview) => view! { <Preview preview/> }.into_any(),
                    Err(failure) => view! { <Mistakes error=failure.into()/> }.into_any(),
                }}
            </Card>
        </div>
    }
}

fn note(event: &ev::Event, typed: RwSignal<TemplateForm>) {
    let Some(target) = event.target() else { return };
    let (name, value) = match target.dyn_into::<HtmlInputElement>() {
        Ok(input) => (input.name(), input.value()),
        Err(target) => match target.dyn_into::<HtmlTextAreaElement>() {
            Ok(area) => (area.name(), area.value()),
            Err(_) => return,
        },
    };
    typed.update(|form| match name.as_str() {
        "template[subject]" => form.subject = value,
        "template[body]" => form.body = value,
        "template[short]" => form.short = value,
        _ => {}
    });
}

#[component]
fn Preview(preview: TemplatePreview) -> impl IntoView {
    let t = words();
    let length = i64::try_from(preview.short.chars().count()).unwrap_or(i64::MAX);
    view! {
        <p><strong>{preview.subject}</strong></p>
        <p class="message-text">{preview.body}</p>
        <h3>{t.messages.short()}</h3>
        <p class="message-text">{preview.short}</p>
        <p class="muted">{t.messages.letters(length)}</p>
    }
}

/// What is wrong with the words as they stand, line by line.
#[component]
fn Mistakes(error: AppError) -> impl IntoView {
    let mistakes = error.fields().into_iter().map(|(_, sentence)| view! { <li class="field-error">{sentence}</li> });
    view! { <ul>{mistakes.collect_view()}</ul> }
}
