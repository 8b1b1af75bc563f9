//! The letterhead, the logo, and the list of templates.

use domain::views::documents::{DocumentSettings, TemplateRow};
use leptos::prelude::*;

use super::api::{SaveLetterhead, show_document_settings};
use super::letterhead::LetterheadFields;
use super::logo::Logo;
use super::template_name;
use crate::{
    i18n::{Words, words},
    surroundings::local,
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        form::{Form, FormState, Submit, use_form},
        format,
        icon::Icon,
        list::{Column, Table},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn DocumentsPage() -> impl IntoView {
    let save = use_form::<SaveLetterhead>();
    let done = save.done();
    let settings = Resource::new_blocking(move || done.get(), |_| show_document_settings());
    view! { <Loaded from=settings view=move |settings| view! { <Settings settings save/> }/> }
}

#[component]
fn Settings(settings: DocumentSettings, save: FormState<SaveLetterhead>) -> impl IntoView {
    let t = words();
    let DocumentSettings { company, tax_id, letterhead, has_logo, templates } = settings;
    let href = Box::new(|row: &TemplateRow| format!("/office/documents/{}", row.kind));
    view! {
        <PageHeader title=t.documents.title() summary=t.documents.summary()>
            <LinkButton href="/office/numbering" icon=Icon::Edit>{t.numbers.title()}</LinkButton>
        </PageHeader>
        <Card title=t.documents.templates()>
            <Table columns=columns(t) rows=templates label=t.documents.templates() href/>
        </Card>
        <div class="columns">
            <Card title=t.documents.letterhead()>
                <Form state=save>
                    <LetterheadFields company tax_id letterhead=letterhead.into()/>
                    <div class="form-actions"><Submit variant=Variant::Primary>{t.common.save()}</Submit></div>
                </Form>
            </Card>
            <Card title=t.documents.logo()><Logo has_logo/></Card>
        </div>
    }
}

fn columns(t: Words) -> Vec<Column<TemplateRow>> {
    let own = move |row: &TemplateRow| match &row.saved {
        Some(version) if !version.built_in => t.documents.own().to_owned(),
        _ => t.documents.built_in().to_owned(),
    };
    let saved = move |row: &TemplateRow| match &row.saved {
        Some(version) => {
            let at = format::date_time(local(version.saved_at), t);
            match &version.saved_by {
                Some(name) => t.documents.saved_by(at, name),
                None => at,
            }
        }
        None => t.documents.never_changed().to_owned(),
    };
    vec![
        Column::new(t.documents.document(), move |row: &TemplateRow| template_name(row.kind, t)),
        Column::new(t.documents.template(), own),
        Column::new(t.documents.changed(), saved).secondary(),
    ]
}
