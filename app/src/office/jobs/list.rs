//! The list of jobs.

use domain::views::bulk::BulkAction;
use domain::views::jobs::{JobKind, JobRow, JobState, JobSubject};
use domain::views::list::Page;
use leptos::prelude::*;

use super::{api::list_jobs, kind_name, state_badge, state_name, subject};
use crate::{
    i18n::{Words, words},
    office::bulk::{Bulk, choose_column},
    office::list_tools::ListTools,
    parts::because::because,
    surroundings::{local, may},
    ui::{
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, Filter, List, ListControls, ListQuery, Narrowed, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn JobsPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let jobs = Resource::new_blocking(move || query.get(), list_jobs);
    let states =
        JobState::ALL.iter().map(|state| (state.word().to_owned(), state_name(*state, t).to_owned())).collect();
    let kinds = JobKind::ALL.iter().map(|kind| (kind.word().to_owned(), kind_name(*kind, t).to_owned())).collect();
    let unresolved = vec![("true".to_owned(), t.network.unresolved().to_owned())];
    let filters = vec![
        Filter { name: "unresolved", label: t.network.pending_person().to_owned(), choices: unresolved },
        Filter { name: "state", label: t.network.state().to_owned(), choices: states },
        Filter { name: "kind", label: t.network.kind().to_owned(), choices: kinds },
    ];
    view! {
        <PageHeader title=t.network.jobs()/>
        <ListControls query search=t.network.jobs_search() filters><ListTools/></ListControls>
        <Loaded from=jobs view=move |page| view! { <Jobs query page/> }/>
    }
}

#[component]
fn Jobs(query: Memo<ListQuery>, page: Page<JobRow>) -> impl IntoView {
    let t = words();
    let router = match page.rows.first().map(|job| &job.subject) {
        Some(
            JobSubject::Service { router_name, .. }
            | JobSubject::Router { router_name, .. }
            | JobSubject::Hotspot { router_name, .. }
            | JobSubject::Drift { router_name, .. }
            | JobSubject::Adopt { router_name, .. },
        ) => t.network.only_router(router_name),
        _ => t.network.only_one_router().to_owned(),
    };
    let href = |job: &JobRow| format!("/office/jobs/{}", job.id);
    let mut columns = columns(t);
    let mut actions = Vec::new();
    if may("manage_jobs") {
        actions.extend([BulkAction::Repeat, BulkAction::Cancel]);
        columns.push(choose_column(|job: &JobRow| job.id.0, |job| job.id.to_string(), t));
    }
    let empty = move || view! { <EmptyState icon=Icon::Job title=t.network.no_jobs() hint=t.network.no_jobs_hint()/> };
    view! {
        <Narrowed query=query.get_untracked() name="router" words=router/>
        <Bulk query to="/office/bulk/jobs" actions>
            <List query page columns label=t.network.jobs() href empty/>
        </Bulk>
    }
}

fn columns(t: Words) -> Vec<Column<JobRow>> {
    let when = move |job: &JobRow| format::date_time(local(job.finished_at.unwrap_or(job.run_at)), t);
    let why = move |job: &JobRow| job.because.as_ref().map(|why| because(why, t)).unwrap_or_default();
    vec![
        Column::new(t.network.job(), move |job: &JobRow| subject(job, t)),
        Column::new(t.network.whose(), whose).secondary(),
        Column::new(t.network.state(), move |job: &JobRow| state_badge(job.state, t)),
        Column::new(t.network.reason(), why).secondary(),
        Column::new(t.network.due(), when).sorted("due"),
        Column::new(t.network.attempts(), move |job: &JobRow| t.network.attempts_of(job.attempts, job.max_attempts))
            .number()
            .secondary(),
    ]
}

/// Whose job it is, or where it is done.
pub(super) fn whose(job: &JobRow) -> String {
    job.subject.whose().to_owned()
}
