//! Sending a table of boxes. The browser sends it by itself, with scripting and without; what was wrong with it stands in the
//! address that the server sends it back to.

use domain::views::nap_imports::NapImportRow;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{api::list_nap_imports, naps_place, plant_place};
use crate::{
    i18n::{Words, words},
    surroundings::local,
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        format,
        icon::Icon,
        list::{Column, Table},
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        tone::Tone,
    },
};

#[component]
pub fn NapImportsPage() -> impl IntoView {
    let t = words();
    let imports = Resource::new_blocking(|| (), |()| list_nap_imports());
    let places = vec![plant_place(t), naps_place(t)];
    view! {
        <PageHeader title=t.boxes.title() summary=t.boxes.hint() places/>
        <SendFile/>
        <Loaded from=imports view=|imports| view! { <Before imports/> }/>
    }
}

#[component]
fn SendFile() -> impl IntoView {
    let t = words();
    let problem = use_query_map().get_untracked().get("problem").map(|problem| {
        view! {
            <div role="alert">
                <Notice tone=Tone::Danger icon=Icon::Alert title=t.failure.fields_title()>
                    <p>{sentence(&problem, t)}</p>
                </Notice>
            </div>
        }
    });
    let example = format!("/office/plant/imports/example.csv?language={}", t.locale.code());
    view! {
        {problem}
        <Card title=t.boxes.send()>
            <form method="post" action="/office/plant/imports/send" enctype="multipart/form-data">
                <div class="form">
                    <p>{t.boxes.columns()}</p>
                    <p>{t.boxes.columns_optional()}</p>
                    <p>
                        <a href=example rel="external" download="">{t.boxes.example()}</a>
                    </p>
                    <div class="field">
                        <label class="field-label" for="nap-file">{t.boxes.file()}</label>
                        <input class="input" id="nap-file" type="file" name="file" aria-describedby="nap-file-hint"
                               accept=".csv,.txt,text/csv,text/plain"/>
                        <p class="field-hint" id="nap-file-hint">{t.boxes.file_hint()}</p>
                    </div>
                    <div class="form-actions">
                        <button type="submit" class="button" data-variant=Variant::Primary.word()>
                            {Icon::Search.view()}<span>{t.boxes.look()}</span>
                        </button>
                        <LinkButton href="/office/plant/naps" variant=Variant::Quiet>{t.common.cancel()}</LinkButton>
                    </div>
                </div>
            </form>
        </Card>
    }
}

fn sentence(problem: &str, t: Words) -> &'static str {
    match problem {
        "too_large" => t.boxes.too_large(),
        "too_many" => t.boxes.too_many(),
        _ => t.boxes.no_file(),
    }
}

/// What was sent before, whether somebody confirmed it or not.
#[component]
fn Before(imports: Vec<NapImportRow>) -> impl IntoView {
    let t = words();
    let columns = vec![
        Column::new(t.boxes.file(), |row: &NapImportRow| row.file_name.clone()),
        Column::new(t.boxes.sent_at(), move |row: &NapImportRow| format::date_time(local(row.at), t)),
        Column::new(t.boxes.sent_by(), |row: &NapImportRow| row.by.clone().unwrap_or_default()).secondary(),
        Column::new(t.boxes.written(), |row: &NapImportRow| format::count(row.written)).number(),
    ];
    let href = |row: &NapImportRow| format!("/office/plant/imports/{}", row.id);
    let label = t.boxes.before();
    (!imports.is_empty()).then(|| view! { <Card title=label><Table columns rows=imports label href/></Card> })
}
