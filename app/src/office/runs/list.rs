//! The list of nights.

use domain::views::dashboard::{LastRun, RunStep};
use domain::views::list::Page;
use leptos::prelude::*;

use super::api::list_runs;
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    surroundings::local,
    ui::{
        badge::Badge,
        button::LinkButton,
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, List, use_list_query},
        loaded::Loaded,
        page::PageHeader,
        tone::Tone,
    },
};

#[component]
pub fn RunsPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let runs = Resource::new_blocking(move || query.get(), list_runs);
    let table = move |page: Page<LastRun>| {
        let empty = move || {
            view! { <EmptyState icon=Icon::Clock title=t.dashboard.run_never() hint=t.dashboard.run_never_hint()/> }
        };
        let href = |run: &LastRun| format!("/office/runs/{}", run.business_date);
        view! { <List query page columns=columns(t) label=t.collections.runs() href empty/> }
    };
    view! {
        <PageHeader title=t.collections.runs() summary=t.collections.runs_hint()>
            <LinkButton href="/office/runs/next" icon=Icon::Search>{t.collections.next_run()}</LinkButton>
        </PageHeader>
        <ListTools/>
        <Loaded from=runs view=table/>
    }
}

fn columns(t: Words) -> Vec<Column<LastRun>> {
    let sum =
        |run: &LastRun, of: fn(&RunStep) -> i32| format::count(run.steps.iter().map(|step| i64::from(of(step))).sum());
    let took = move |run: &LastRun| match run.finished_at {
        Some(finished) => duration(finished - run.started_at, t),
        None => t.dashboard.run_unfinished().to_owned(),
    };
    vec![
        Column::new(t.dashboard.run_for(), move |run: &LastRun| format::long_date(run.business_date, t)),
        Column::new(t.collections.state(), move |run: &LastRun| badge(run, t)),
        Column::new(t.dashboard.run_started(), move |run: &LastRun| format::date_time(local(run.started_at), t))
            .secondary(),
        Column::new(t.collections.took(), took).number().secondary(),
        Column::new(t.dashboard.expected(), move |run: &LastRun| sum(run, |step| step.expected)).number(),
        Column::new(t.dashboard.done(), move |run: &LastRun| sum(run, |step| step.done)).number(),
        Column::new(t.dashboard.left_out(), move |run: &LastRun| sum(run, |step| step.parked)).number(),
    ]
}

/// `3 min 20 s`
pub(super) fn duration(time: chrono::TimeDelta, t: Words) -> String {
    let seconds = time.num_seconds().max(0);
    match seconds / 60 {
        0 => t.collections.seconds(seconds),
        minutes => t.collections.minutes(minutes, seconds % 60),
    }
}

/// How a night went, the worst first.
pub(super) fn badge(run: &LastRun, t: Words) -> AnyView {
    let stopped = run.steps.iter().any(|step| !step.stopped.is_empty());
    let approved = run.steps.iter().any(|step| step.approved_at.is_some());
    let parked = run.steps.iter().any(|step| step.parked > 0);
    let (tone, icon, label) = match run.finished_at {
        None => (Tone::Warn, Icon::Clock, t.collections.under_way()),
        Some(_) if stopped && !approved => (Tone::Danger, Icon::Pause, t.collections.stopped()),
        Some(_) if approved => (Tone::Ok, Icon::Check, t.collections.approved()),
        Some(_) if parked => (Tone::Warn, Icon::Alert, t.collections.with_parked()),
        Some(_) => (Tone::Ok, Icon::Check, t.collections.finished()),
    };
    view! { <Badge tone icon label/> }.into_any()
}
