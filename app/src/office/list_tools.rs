//! What can be done with a whole list, at its head: taking it away as a file, and keeping its address by a name.

pub mod api;
mod saved;

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use self::saved::SavedFilters;
use crate::{
    i18n::words,
    surroundings::may,
    ui::{
        button::Variant,
        icon::Icon,
        list::{ListQuery, use_list_query},
    },
};

/// Where lists are taken from.
const EXPORTS: &str = "/office/export/";

/// The tools of the list on this page.
#[component]
pub fn ListTools() -> impl IntoView {
    let query = use_list_query();
    view! { <div class="list-tools"><SavedFilters query/><Export query/><Schedule query/></div> }
}

/// The list as files: all of its rows, in its order.
#[component]
fn Export(query: Memo<ListQuery>) -> impl IntoView {
    let t = words();
    let path = use_list_path();
    let link = move |format: &'static str, name: &'static str| {
        let path = path.clone();
        let href = move || format!("{EXPORTS}{path}.{format}{}", query.get().on_page(1).href());
        view! {
            <a class="button" data-variant=Variant::Quiet.word() href=href rel="external" download="">
                {Icon::Download.view()}
                <span><span class="visually-hidden">{t.exports.take()}" "</span>{name}</span>
            </a>
        }
    };
    view! { {link("csv", t.exports.as_csv())}{link("xlsx", t.exports.as_xlsx())} }
}

/// The list as a report that is sent again and again.
#[component]
fn Schedule(query: Memo<ListQuery>) -> impl IntoView {
    let t = words();
    let path = use_list_path();
    let href = move || {
        let address = query.get().on_page(1).href();
        let report =
            ListQuery::default().with_filter("list", Some(path.as_str())).with_filter("query", Some(address.as_str()));
        format!("/office/reports/new{}", report.href())
    };
    may("manage_reports").then(|| {
        view! {
            <a class="button" data-variant=Variant::Quiet.word() href=href>
                {Icon::Mail.view()}
                <span>{t.reports.schedule()}</span>
            </a>
        }
    })
}

/// The list's name: its page's address below the office's.
fn use_list_path() -> String {
    let path = use_location().pathname.get_untracked();
    path.trim_start_matches("/office/").trim_end_matches('/').to_owned()
}
