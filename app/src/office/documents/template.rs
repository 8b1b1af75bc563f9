//! One template: its text, what it makes of a sample, and its earlier versions.

use domain::letterhead::TemplateKind;
use domain::views::documents::{TemplateDetail, TemplateProblem, TemplateVersion};
use leptos::{
    ev::MouseEvent,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{HtmlElement, HtmlFormElement},
};

use super::api::{RestoreTemplate, SaveTemplate, show_template};
use super::template_name;
use crate::{
    i18n::words,
    surroundings::local,
    ui::{
        button::Variant,
        card::Card,
        form::{Form, FormState, Submit, Textarea, use_form},
        format,
        icon::Icon,
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        param::use_id,
        tone::Tone,
    },
};

#[component]
pub fn TemplatePage() -> impl IntoView {
    let kind = use_id::<TemplateKind>();
    let (save, restore) = (use_form::<SaveTemplate>(), use_form::<RestoreTemplate>());
    let (saved, restored) = (save.done(), restore.done());
    let template = Resource::new_blocking(
        move || (kind.get(), saved.get(), restored.get()),
        |(kind, ..)| async move { show_template(kind?).await },
    );
    view! { <Loaded from=template view=move |template| view! { <Template template save restore/> }/> }
}

#[component]
fn Template(
    template: TemplateDetail,
    save: FormState<SaveTemplate>,
    restore: FormState<RestoreTemplate>,
) -> impl IntoView {
    let t = words();
    let places = vec![(t.documents.title().to_owned(), "/office/documents".to_owned())];
    let TemplateDetail { kind, text, built_in, broken, versions } = template;
    let summary = if built_in { t.documents.uses_built_in() } else { t.documents.uses_own() };
    let preview = format!("/documents/preview/{kind}?language={}", t.documents.language());
    view! {
        <PageHeader title=t.documents.template_of(template_name(kind, t)) summary places/>
        {(!broken.is_empty()).then(|| view! { <Broken broken/> })}
        <div class="columns">
            <Card title=t.documents.text()>
                <Form state=save>
                    <input type="hidden" name="kind" value=kind.word()/>
                    <input type="hidden" name="language" value=t.documents.language()/>
                    <div class="code"><Textarea name="text" label=t.documents.text() hint=t.documents.text_hint() value=text rows=24 most=65536/></div>
                    <div class="form-actions">
                        <Submit variant=Variant::Primary>{t.common.save()}</Submit>
                        <PreviewButton kind/>
                    </div>
                </Form>
            </Card>
            <Card title=t.documents.preview()>
                <iframe class="preview" name="preview" src=preview title=t.documents.preview()></iframe>
            </Card>
        </div>
        <Card title=t.documents.versions()><Versions kind versions restore/></Card>
    }
}

/// Sends the text as it stands to the preview beside it. The browser does so by itself; with scripting, the form would
/// save instead, so that it is sent past its own handler.
#[component]
fn PreviewButton(kind: TemplateKind) -> impl IntoView {
    let t = words();
    let address = format!("/documents/preview/{kind}");
    let action = address.clone();
    let send = move |event: MouseEvent| {
        let button = event.current_target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        let form = button.and_then(|button| button.closest("form").ok().flatten());
        if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
            event.prevent_default();
            let before = form.get_attribute("action").unwrap_or_default();
            form.set_action(&action);
            form.set_target("preview");
            let _ = form.submit();
            form.set_action(&before);
            form.set_target("");
        }
    };
    view! {
        <button type="submit" class="button" data-variant=Variant::Secondary.word() formaction=address
                formtarget="preview" formmethod="post" on:click=send>
            {Icon::Search.view()}
            <span>{t.documents.see_preview()}</span>
        </button>
    }
}

#[component]
fn Broken(broken: Vec<TemplateProblem>) -> impl IntoView {
    let t = words();
    let problems = broken.into_iter().map(move |problem| {
        let line = problem.line.and_then(|line| i64::try_from(line).ok());
        let sentence = match line {
            Some(line) => t.failure.not_a_template(line, problem.message),
            None => problem.message,
        };
        view! { <li>{sentence}</li> }
    });
    view! {
        <Notice tone=Tone::Warn icon=Icon::Alert title=t.documents.broken()>
            <p>{t.documents.broken_hint()}</p>
            <ul>{problems.collect_view()}</ul>
        </Notice>
    }
}

/// Earlier versions, each with a button that brings it back.
#[component]
fn Versions(kind: TemplateKind, versions: Vec<TemplateVersion>, restore: FormState<RestoreTemplate>) -> impl IntoView {
    let t = words();
    let uses_own = versions.first().is_some_and(|version| !version.built_in);
    let row = move |version: TemplateVersion| {
        let at = format::date_time(local(version.saved_at), t);
        let by = version.saved_by.map_or_else(|| at.clone(), |name| t.documents.saved_by(at.clone(), name));
        let what = if version.built_in { t.documents.built_in() } else { t.documents.own() };
        view! { <li class="version"><span>{by}" · "{what}</span><Restore kind version=Some(version.id) restore/></li> }
    };
    let mut versions = versions.into_iter();
    let in_use = versions.next().map(|version| {
        let at = format::date_time(local(version.saved_at), t);
        view! { <li class="version"><span>{t.documents.in_use_since(at)}</span></li> }
    });
    view! {
        <ul class="versions">
            {in_use}
            {versions.map(row).collect_view()}
            <li class="version">
                <span>{t.documents.built_in_comes_with()}</span>
                {uses_own.then(|| view! { <Restore kind version=None restore/> })}
            </li>
        </ul>
    }
}

#[component]
fn Restore(kind: TemplateKind, version: Option<i64>, restore: FormState<RestoreTemplate>) -> impl IntoView {
    let t = words();
    view! {
        <Form state=restore>
            <input type="hidden" name="kind" value=kind.word()/>
            {version.map(|version| view! { <input type="hidden" name="version" value=version.to_string()/> })}
            <Submit variant=Variant::Secondary>{t.documents.restore()}</Submit>
        </Form>
    }
}
