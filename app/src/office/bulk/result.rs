//! What was done to many rows, and what was not.

use domain::ids::BulkRunId;
use domain::views::bulk::BulkAction;
use leptos::prelude::*;

use super::{ShownResult, ShownRun, action_name, api::show_bulk_run, skip_name};
use crate::{
    i18n::words,
    surroundings::local,
    ui::{
        badge::Badge,
        format,
        icon::Icon,
        list::{Column, Table},
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
        tone::Tone,
    },
};

#[component]
pub fn BulkRunPage() -> impl IntoView {
    let id = use_id::<BulkRunId>();
    let run = Resource::new_blocking(move || id.get(), |id| async move { show_bulk_run(id?).await });
    view! { <Loaded from=run view=|run| view! { <Run run/> }/> }
}

#[component]
fn Run(run: ShownRun) -> impl IntoView {
    let t = words();
    let failed = run.results.iter().filter(|result| result.failure.is_some() || result.skipped.is_some()).count();
    let done = run.results.len() - failed;
    let (list, place) = match run.action {
        BulkAction::Hold | BulkAction::Lift | BulkAction::Sector | BulkAction::Message => {
            ("contracts", t.office.contracts())
        }
        BulkAction::MessageOfInvoices | BulkAction::Send => ("invoices", t.office.invoices()),
        BulkAction::Repeat | BulkAction::Cancel => ("jobs", t.office.jobs()),
        BulkAction::Assign => ("work", t.work.title()),
    };
    let places = vec![(place.to_owned(), format!("/office/{list}"))];
    let outcome = move |result: &ShownResult| match (&result.failure, result.skipped) {
        (None, None) => view! { <Badge tone=Tone::Ok icon=Icon::Check label=t.bulk.done()/> }.into_any(),
        (None, Some(reason)) => {
            view! { <Badge tone=Tone::Neutral icon=Icon::Info label=t.bulk.left_out()/>" "{skip_name(reason, t)} }
                .into_any()
        }
        (Some(failure), _) => {
            let why = failure.sentence(t);
            view! { <Badge tone=Tone::Danger icon=Icon::Alert label=t.bulk.failed()/>" "{why} }.into_any()
        }
    };
    let columns = vec![
        Column::new(t.bulk.record(), |result: &ShownResult| result.name.clone()),
        Column::new(t.bulk.outcome(), outcome),
    ];
    let href = move |result: &ShownResult| format!("/office/{list}/{}", result.id);
    let summary = t.bulk.result(format::date_time(local(run.at), t), done, failed);
    view! {
        <PageHeader title=action_name(run.action, t) summary places/>
        {(!run.why.is_empty()).then(|| view! { <p>{run.why.clone()}</p> })}
        <Table columns rows=run.results label=t.bulk.outcome() href/>
    }
}
