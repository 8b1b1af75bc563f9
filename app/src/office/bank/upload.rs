//! Sending a file. The browser sends it by itself, with scripting and without; what was wrong with it stands in the
//! address that the server sends it back to.

use domain::views::bank::BankAccount;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::begin_upload;
use crate::{
    i18n::{Words, words},
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        form::{Field, Select},
        icon::Icon,
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        tone::Tone,
    },
};

#[component]
pub fn UploadPage() -> impl IntoView {
    let t = words();
    let accounts = Resource::new_blocking(|| (), |()| begin_upload());
    let places = vec![(t.bank.title().to_owned(), "/office/bank".to_owned())];
    view! {
        <PageHeader title=t.bank.upload() summary=t.bank.upload_hint() places/>
        <Loaded from=accounts view=|accounts| view! { <Upload accounts/> }/>
    }
}

#[component]
fn Upload(accounts: Vec<BankAccount>) -> impl IntoView {
    let t = words();
    let query = use_query_map().get_untracked();
    let asked = |name: &str| query.get(name).unwrap_or_default();
    let (line, new_account, currency) = (asked("line"), asked("new_account"), asked("currency"));
    let problem = query.get("problem").map(|problem| {
        view! {
            <div role="alert">
                <Notice tone=Tone::Danger icon=Icon::Alert title=t.failure.fields_title()>
                    <p>{sentence(&problem, &line, t)}</p>
                </Notice>
            </div>
        }
    });
    let choices: Vec<_> = accounts
        .iter()
        .map(|account| (account.id.to_string(), format!("{} ({})", account.name, account.currency)))
        .collect();
    let first = accounts.first().map(|account| account.id.to_string()).unwrap_or_default();
    let chosen = query.get("account").unwrap_or(first);
    let account = (!choices.is_empty()).then(|| {
        view! {
            <Select name="account" label=t.bank.account() choices value=chosen optional=true hint=t.bank.account_hint()/>
        }
    });
    view! {
        {problem}
        <Card>
            <form method="post" action="/office/bank/upload-file" enctype="multipart/form-data">
                <div class="form">
                    {account}
                    <Field name="new_account" label=t.bank.new_account() hint=t.bank.new_account_hint() most=80
                           optional=true value=new_account/>
                    <Field name="currency" label=t.bank.currency() hint=t.bank.currency_hint() most=3 optional=true
                           value=currency/>
                    <div class="field">
                        <label class="field-label" for="statement-file">{t.bank.file()}</label>
                        <input class="input" id="statement-file" type="file" name="file" aria-describedby="statement-file-hint"
                               accept=".csv,.txt,.sta,.mt940,.940,.xml,text/csv,text/plain,text/xml"/>
                        <p class="field-hint" id="statement-file-hint">{t.bank.file_hint()}</p>
                    </div>
                    <div class="form-actions">
                        <button type="submit" class="button" data-variant=Variant::Primary.word()>
                            {Icon::Check.view()}<span>{t.bank.look()}</span>
                        </button>
                        <LinkButton href="/office/bank" variant=Variant::Quiet>{t.common.cancel()}</LinkButton>
                    </div>
                </div>
            </form>
        </Card>
    }
}

fn sentence(problem: &str, line: &str, t: Words) -> String {
    match (problem, line) {
        ("damaged", "") => t.bank.damaged().to_owned(),
        ("damaged", line) => t.bank.damaged_at(line),
        ("account", _) => t.bank.account_wrong().to_owned(),
        ("too_large", _) => t.bank.too_large().to_owned(),
        _ => t.bank.no_file().to_owned(),
    }
}
