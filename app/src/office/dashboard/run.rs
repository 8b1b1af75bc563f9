//! How the last night went, and who was left out.

use domain::views::dashboard::{LastRun, Parked, RunStep};
use leptos::prelude::*;

use crate::{
    i18n::words,
    office::runs::{because, step_name},
    surroundings::{local, may},
    ui::{
        card::{Card, Fact, Facts},
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, Table},
    },
};

#[component]
pub(super) fn NightlyRun(run: Option<LastRun>) -> impl IntoView {
    let t = words();
    let shown = match run {
        Some(run) => view! { <Run run/> }.into_any(),
        None => view! {
            <EmptyState icon=Icon::Clock title=t.dashboard.run_never() hint=t.dashboard.run_never_hint()/>
        }
        .into_any(),
    };
    let all = may("see_runs").then(|| view! { <p><a href="/office/runs">{t.dashboard.see_all()}</a></p> });
    view! { <Card title=t.dashboard.run()>{shown}{all}</Card> }
}

#[component]
fn Run(run: LastRun) -> impl IntoView {
    let t = words();
    let when = move |at| format::date_time(local(at), t);
    let finished = run.finished_at.map_or_else(|| t.dashboard.run_unfinished().to_owned(), when);
    let left_out = |step: &RunStep| match step.parked {
        0 => "0".into_any(),
        parked => view! { <a href="/office/contracts?is=parked">{format::count(parked.into())}</a> }.into_any(),
    };
    let columns = vec![
        Column::new(t.dashboard.step(), move |step: &RunStep| step_name(&step.step, t)),
        Column::new(t.dashboard.expected(), |step: &RunStep| format::count(step.expected.into())).number(),
        Column::new(t.dashboard.done(), |step: &RunStep| format::count(step.done.into())).number(),
        Column::new(t.dashboard.left_out(), left_out).number(),
    ];
    view! {
        <Facts>
            <Fact label=t.dashboard.run_for()>{format::long_date(run.business_date, t)}</Fact>
            <Fact label=t.dashboard.run_started()>{when(run.started_at)}</Fact>
            <Fact label=t.dashboard.run_finished()>{finished}</Fact>
        </Facts>
        <Table columns rows=run.steps label=t.dashboard.run()/>
    }
}

/// The newest of those that were left out, each with the reason.
#[component]
pub(super) fn ParkedList(parked: Vec<Parked>, more: bool) -> impl IntoView {
    let t = words();
    let columns = vec![
        Column::new(t.dashboard.contract(), |row: &Parked| row.contract.name.clone()),
        Column::new(t.dashboard.customer(), |row: &Parked| row.customer.clone()),
        Column::new(t.dashboard.step(), move |row: &Parked| step_name(&row.step, t)),
        Column::new(t.dashboard.since(), move |row: &Parked| format::date(row.since, t)),
        Column::new(t.dashboard.because(), move |row: &Parked| because(&row.because, t)),
    ];
    let href = Box::new(|row: &Parked| format!("/office/contracts/{}", row.contract.id));
    let all = more.then(|| view! { <p><a href="/office/contracts?is=parked">{t.dashboard.see_all()}</a></p> });
    view! {
        <Card title=t.dashboard.parked_list()>
            {all}
            <Table columns rows=parked label=t.dashboard.parked_list() href/>
        </Card>
    }
}
