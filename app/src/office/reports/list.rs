//! All reports.

use domain::views::reports::ReportRow;
use leptos::prelude::*;

use super::{about, api::list_reports, state_badge};
use crate::{
    i18n::{Words, words},
    parts::message::message_state,
    ui::{
        button::{LinkButton, Variant},
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, Table},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn ReportsPage() -> impl IntoView {
    let t = words();
    let reports = Resource::new_blocking(|| (), |()| list_reports());
    let table = move |rows: Vec<ReportRow>| {
        if rows.is_empty() {
            return view! { <EmptyState icon=Icon::Mail title=t.reports.none() hint=t.reports.none_hint()/> }
                .into_any();
        }
        let href = |row: &ReportRow| format!("/office/reports/{}", row.id);
        view! { <Table rows columns=columns(t) label=t.reports.title() href/> }.into_any()
    };
    view! {
        <PageHeader title=t.reports.title() summary=t.reports.hint()>
            <LinkButton href="/office/reports/new" variant=Variant::Primary icon=Icon::Plus>{t.reports.new()}</LinkButton>
        </PageHeader>
        <Loaded from=reports view=table/>
    }
}

fn columns(t: Words) -> Vec<Column<ReportRow>> {
    let last = move |row: &ReportRow| match &row.last {
        Some(sending) => format!("{} · {}", format::date(sending.to, t), message_state(sending.state, t)),
        None => t.reports.never().to_owned(),
    };
    vec![
        Column::new(t.reports.name(), |row: &ReportRow| row.facts.name.clone()),
        Column::new(t.reports.what(), move |row: &ReportRow| about(&row.facts, t)),
        Column::new(t.reports.state(), move |row: &ReportRow| state_badge(row, t)),
        Column::new(t.reports.readers(), |row: &ReportRow| row.readers.join(", ")).secondary(),
        Column::new(t.reports.last(), last),
    ]
}
