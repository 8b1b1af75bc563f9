//! How the server itself is set. To be read: it is changed where the server is started.

use domain::views::process::{Origin, ProcessSetting, ProcessValue};
use leptos::prelude::*;

use super::api::see_process_settings;
use crate::{
    i18n::{Words, words},
    ui::{
        list::{Column, Table},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn ProcessPage() -> impl IntoView {
    let t = words();
    let settings = Resource::new_blocking(|| (), |()| see_process_settings());
    let places = vec![(t.settings.title().to_owned(), "/office/settings".to_owned())];
    view! {
        <PageHeader title=t.process.title() summary=t.process.hint() places/>
        <Loaded from=settings view=move |rows| view! { <Table columns=columns(t) rows label=t.process.title()/> }/>
    }
}

fn columns(t: Words) -> Vec<Column<ProcessSetting>> {
    vec![
        Column::new(t.process.name(), |row: &ProcessSetting| view! { <code>{row.name.clone()}</code> }),
        Column::new(t.process.value(), move |row: &ProcessSetting| value(&row.value, t)),
        Column::new(t.process.from(), move |row: &ProcessSetting| from(row, t)),
        Column::new(t.process.meaning(), move |row: &ProcessSetting| meaning(&row.name, t)),
    ]
}

fn value(value: &ProcessValue, t: Words) -> AnyView {
    match value {
        ProcessValue::NotSet => view! { <span class="muted">{t.process.not_set()}</span> }.into_any(),
        ProcessValue::Hidden { .. } => view! { <span class="muted">{t.process.hidden()}</span> }.into_any(),
        ProcessValue::Set { value, .. } => view! { <code class="secret">{value.clone()}</code> }.into_any(),
    }
}

fn from(row: &ProcessSetting, t: Words) -> String {
    match &row.value {
        ProcessValue::NotSet => String::new(),
        ProcessValue::Hidden { from } | ProcessValue::Set { from, .. } => match from {
            Origin::CommandLine => t.process.from_command_line().to_owned(),
            Origin::Environment => row.variable.clone(),
            Origin::File { path } => path.clone(),
            Origin::Default => t.process.from_default().to_owned(),
        },
    }
}

/// One that has no words yet is known by its name.
fn meaning(name: &str, t: Words) -> &'static str {
    match name {
        "data_dir" => t.process.data_dir(),
        "database_url" => t.process.database_url(),
        "database_connections" => t.process.database_connections(),
        "listen" => t.process.listen(),
        "public_url" => t.process.public_url(),
        "proxies" => t.process.proxies(),
        "notice_listen" => t.process.notice_listen(),
        "notice_url" => t.process.notice_url(),
        "open_hosts" => t.process.open_hosts(),
        "secret_key" => t.process.secret_key(),
        "mail_smtp_url" => t.process.mail_smtp_url(),
        "mail_folder" => t.process.mail_folder(),
        "mail_from" => t.process.mail_from(),
        "messages_url" => t.process.messages_url(),
        "messages_secret" => t.process.messages_secret(),
        "messages_channels" => t.process.messages_channels(),
        "company_name" | "company_country" | "company_currency" | "company_time_zone" | "company_language" => {
            t.process.company()
        }
        "log" => t.process.log(),
        "log_format" => t.process.log_format(),
        "workers" => t.process.workers(),
        "router_pace" => t.process.router_pace(),
        "job_attempts" => t.process.job_attempts(),
        "site" => t.process.site(),
        _ => "",
    }
}
