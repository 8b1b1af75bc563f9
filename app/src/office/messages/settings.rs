//! When telephones are quiet, and the words of each message.

use domain::contact::Language;
use domain::message::Purpose;
use domain::views::messages::{MessageSettings, QuietForm, TemplateKey};
use leptos::prelude::*;

use super::api::{SaveQuietHours, show_message_settings};
use crate::{
    i18n::{Words, words},
    office::customers::language_name,
    parts::message::{channel_name, purpose_name},
    ui::{
        button::Variant,
        card::Card,
        form::{Field, Form, FormState, Kind, Submit, use_form},
        list::{Column, Table},
        loaded::Loaded,
        page::PageHeader,
    },
};

/// A template in the list.
struct Row {
    key: TemplateKey,
    is_own: bool,
}

#[component]
pub fn MessageSettingsPage() -> impl IntoView {
    let save = use_form::<SaveQuietHours>();
    let done = save.done();
    let settings = Resource::new_blocking(move || done.get(), |_| show_message_settings());
    view! { <Loaded from=settings view=move |settings| view! { <Settings settings save/> }/> }
}

#[component]
fn Settings(settings: MessageSettings, save: FormState<SaveQuietHours>) -> impl IntoView {
    let t = words();
    let places = vec![(t.messages.title().to_owned(), "/office/messages".to_owned())];
    let rows = rows(&settings);
    let quiet = QuietForm::from(settings.quiet);
    let ringing = settings.ringing.iter().map(|channel| channel_name(*channel, t)).collect::<Vec<_>>().join(", ");
    let webhook = if ringing.is_empty() { t.messages.no_webhook().to_owned() } else { t.messages.webhook(ringing) };
    let href = Box::new(|row: &Row| format!("/office/messages/templates/{}", row.key));
    view! {
        <PageHeader title=t.messages.settings() summary=webhook places/>
        <Card title=t.messages.templates()>
            <Table columns=columns(t) rows label=t.messages.templates() href/>
        </Card>
        <Card title=t.messages.quiet()>
            <p class="muted">{t.messages.quiet_hint()}</p>
            <Form state=save>
                <div class="fields">
                    <Field name="quiet[from]" label=t.messages.quiet_from() kind=Kind::Time optional=true value=quiet.from/>
                    <Field name="quiet[to]" label=t.messages.quiet_to() kind=Kind::Time optional=true value=quiet.to/>
                </div>
                <div class="form-actions"><Submit variant=Variant::Primary>{t.common.save()}</Submit></div>
            </Form>
        </Card>
    }
}

fn rows(settings: &MessageSettings) -> Vec<Row> {
    let keys = Purpose::TO_CUSTOMERS.iter().flat_map(|purpose| {
        Language::ALL.iter().map(|language| TemplateKey { purpose: *purpose, language: *language })
    });
    keys.map(|key| Row { key, is_own: settings.own.contains(&(key.purpose, key.language)) }).collect()
}

fn columns(t: Words) -> Vec<Column<Row>> {
    let own = move |row: &Row| if row.is_own { t.documents.own() } else { t.documents.built_in() };
    let who =
        move |row: &Row| if row.key.purpose.is_essential() { t.messages.to_all() } else { t.messages.to_willing() };
    vec![
        Column::new(t.messages.about(), move |row: &Row| purpose_name(row.key.purpose, t)),
        Column::new(t.messages.language(), move |row: &Row| language_name(row.key.language, t)),
        Column::new(t.messages.who_gets_it(), who).secondary(),
        Column::new(t.documents.template(), own),
    ]
}
