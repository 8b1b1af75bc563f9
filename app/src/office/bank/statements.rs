//! The files that were uploaded.

use domain::bank::StatementFormat;
use domain::views::bank::StatementRow;
use leptos::prelude::*;

use super::{Part, Parts, api::list_statements, upload_button};
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    surroundings::{local, may},
    ui::{
        badge::Badge,
        button::Variant,
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, Href, Pager, Table, use_list_query},
        loaded::Loaded,
        page::PageHeader,
        tone::Tone,
    },
};

#[component]
pub fn StatementsPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let statements = Resource::new_blocking(move || query.get(), list_statements);
    let table = move |page: domain::views::list::Page<StatementRow>| {
        if page.total == 0 {
            return view! { <EmptyState icon=Icon::Download title=t.bank.no_files() hint=t.bank.empty_hint()/> }
                .into_any();
        }
        let (total, number) = (page.total, page.number);
        let table = match may("import_statements") {
            true => {
                let href = Href::from(|row: &StatementRow| format!("/office/bank/statements/{}", row.id));
                view! { <Table columns=columns(t) rows=page.rows label=t.bank.files() href/> }.into_any()
            }
            false => view! { <Table columns=columns(t) rows=page.rows label=t.bank.files()/> }.into_any(),
        };
        view! { {table}<Pager query=query.get_untracked() total number/> }.into_any()
    };
    view! {
        <PageHeader title=t.bank.files() summary=t.bank.files_hint()>{upload_button(Variant::Primary, t)}</PageHeader>
        <Parts open=Part::Files/>
        <ListTools/>
        <Loaded from=statements view=table/>
    }
}

fn columns(t: Words) -> Vec<Column<StatementRow>> {
    let state = move |row: &StatementRow| match row.imported_at {
        Some(_) => view! { <Badge tone=Tone::Ok icon=Icon::Check label=t.bank.imported()/> }.into_any(),
        None => view! { <Badge tone=Tone::Warn icon=Icon::Clock label=t.bank.not_imported()/> }.into_any(),
    };
    vec![
        Column::new(t.bank.file(), |row: &StatementRow| row.file_name.clone()),
        Column::new(t.bank.account(), |row: &StatementRow| row.account.name.clone()),
        Column::new(t.bank.format(), |row: &StatementRow| format_word(row.format)).secondary(),
        Column::new(t.bank.uploaded(), move |row: &StatementRow| format::date_time(local(row.uploaded_at), t)),
        Column::new(t.transfers.state(), state),
        Column::new(t.bank.movements(), |row: &StatementRow| format::count(row.movements)).number(),
    ]
}

/// Names of standards are the same in all languages.
pub(super) fn format_word(format: StatementFormat) -> &'static str {
    match format {
        StatementFormat::Csv => "CSV",
        StatementFormat::Mt940 => "MT940",
        StatementFormat::Camt053 => "CAMT.053",
    }
}
