//! One night: its steps, why it stopped and whom it would have cut, and whom it left out.

use chrono::NaiveDate;
use domain::views::collections::ProposedCut;
use domain::views::dashboard::{LastRun, Parked, RunStep};
use domain::views::list::Page;
use domain::views::runs::{LaterCuts, RunDetail};
use leptos::prelude::*;

use super::{
    api::{ApproveRun, RetryParked, show_run},
    because,
    follow::ask_again,
    list::{badge, duration},
    step_name,
};
use crate::{
    failure::AppError,
    i18n::{Words, words},
    parts::{
        amount::money,
        held_back::{later, stop, would_be_cut},
    },
    surroundings::{local, may},
    ui::{
        button::Variant,
        card::{Card, Fact, Facts},
        dialog::Confirm,
        form::{Form, FormState, Submit, use_form},
        format,
        icon::Icon,
        list::{Column, List, ListQuery, Table, use_list_query},
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        param::use_id,
        tone::Tone,
    },
};

/// They live as long as the page does, so that a refusal stays where it happened.
#[derive(Clone, Copy)]
struct Forms {
    approve: FormState<ApproveRun>,
    retry: FormState<RetryParked>,
}

#[component]
pub fn RunPage() -> impl IntoView {
    let date = use_id::<NaiveDate>();
    let query = use_list_query();
    let forms = Forms { approve: use_form(), retry: use_form() };
    let done = (forms.approve.done(), forms.retry.done());
    let run = Resource::new_blocking(
        move || (date.get(), query.get(), done.0.get(), done.1.get()),
        |(date, query, ..)| async move { show_run(date?, query).await },
    );
    let page = move |detail: RunDetail| {
        follow(&detail, run);
        view! { <Night detail query forms/> }
    };
    view! { <Loaded from=run view=page/> }
}

/// While the night runs, or makes the cuts that somebody approved, its figures are asked for anew.
fn follow(detail: &RunDetail, resource: Resource<Result<RunDetail, AppError>>) {
    let approved = detail.run.steps.iter().any(|step| step.approved_at.is_some());
    let cutting = approved && detail.later.is_empty() && detail.proposed.rows.iter().any(|cut| !cut.settled);
    if detail.run.finished_at.is_none() || cutting {
        ask_again(resource);
    }
}

#[component]
fn Night(detail: RunDetail, query: Memo<ListQuery>, forms: Forms) -> impl IntoView {
    let t = words();
    let places = vec![(t.collections.runs().to_owned(), "/office/runs".to_owned())];
    let title = t.collections.run_of(format::long_date(detail.run.business_date, t));
    let (state, date) = (badge(&detail.run, t), detail.run.business_date);
    let parked = detail.parked.clone();
    let waits_for_hours = detail.stops.is_empty() && !detail.later.is_empty();
    let stopped = (!detail.stops.is_empty()).then(|| view! { <Stopped detail=detail.clone() form=forms.approve/> });
    let proposed = (detail.proposed.total > 0).then(|| view! { <Proposed page=detail.proposed query/> });
    view! {
        <PageHeader title places state/>
        {stopped}
        {waits_for_hours.then(|| view! { <Later cuts=detail.later/> })}
        <Steps run=detail.run/>
        {proposed}
        {(!parked.is_empty()).then(|| view! { <LeftOut parked date form=forms.retry/> })}
    }
}

/// The cuts that wait for an allowed day or hour, and until when.
#[component]
fn Later(cuts: Vec<LaterCuts>) -> impl IntoView {
    let t = words();
    let waiting = cuts.iter().map(|cuts| view! { <li>{later(cuts, t)}</li> }).collect_view();
    (!cuts.is_empty()).then(|| {
        view! { <Notice tone=Tone::Warn icon=Icon::Clock title=t.collections.later_title()><ul>{waiting}</ul></Notice> }
    })
}

/// Why nobody was cut, and letting it go on.
#[component]
fn Stopped(detail: RunDetail, form: FormState<ApproveRun>) -> impl IntoView {
    let t = words();
    let reasons = detail.stops.iter().map(|reason| view! { <li>{stop(reason, t)}</li> }).collect_view();
    let date = detail.run.business_date;
    let (later_cuts, cuts) = (detail.later.clone(), detail.later.clone());
    let approval = detail.run.steps.iter().find_map(|step| Some((step.approved_at?, step.approved_by.clone())));
    let (tone, title, next) = match (&approval, detail.waits) {
        (Some((at, by)), _) => {
            let who = by.clone().unwrap_or_else(|| t.parts.automatic().to_owned());
            (Tone::Ok, t.collections.approved_title(), t.collections.approved_by(who, format::date_time(local(*at), t)))
        }
        (None, true) => (Tone::Danger, t.collections.stopped_title(), t.collections.stopped_hint().to_owned()),
        (None, false) => (Tone::Neutral, t.collections.stopped_title(), t.collections.overtaken().to_owned()),
    };
    let approve = (detail.waits && may("approve_cuts")).then(|| {
        view! {
            <Confirm id="approve" label=t.collections.approve() title=t.collections.approve_title() icon=Icon::Check
                     variant=Variant::Danger open=form.was_refused()>
                <Later cuts=later_cuts.clone()/>
                <p>{t.collections.approve_what(detail.proposed.total)}</p>
                <Form state=form>
                    <input type="hidden" name="date" value=date.to_string()/>
                    <div class="form-actions">
                        <Submit variant=Variant::Danger icon=Icon::Check>{t.collections.approve()}</Submit>
                    </div>
                </Form>
            </Confirm>
        }
    });
    view! {
        <Notice tone icon=Icon::Pause title>
            <ul>{reasons}</ul>
            <p>{next}</p>
            <Later cuts/>
            {approve}
        </Notice>
    }
}

#[component]
fn Steps(run: LastRun) -> impl IntoView {
    let t = words();
    let when = move |at| format::date_time(local(at), t);
    let finished = run.finished_at.map_or_else(|| t.dashboard.run_unfinished().to_owned(), when);
    let took = move |step: &RunStep| match step.finished_at {
        Some(finished) => duration(finished - step.started_at, t),
        None => t.collections.under_way().to_owned(),
    };
    let progress = move |step: &RunStep| {
        view! { <progress max=step.expected.max(1) value=step.done + step.parked aria-label=t.collections.progress()></progress> }
    };
    let columns = vec![
        Column::new(t.dashboard.step(), move |step: &RunStep| step_name(&step.step, t)),
        Column::new(t.collections.progress(), progress),
        Column::new(t.dashboard.expected(), |step: &RunStep| format::count(step.expected.into())).number(),
        Column::new(t.dashboard.done(), |step: &RunStep| format::count(step.done.into())).number(),
        Column::new(t.dashboard.left_out(), |step: &RunStep| format::count(step.parked.into())).number(),
        Column::new(t.collections.took(), took).number(),
    ];
    view! {
        <Card title=t.collections.steps()>
            <Facts>
                <Fact label=t.dashboard.run_started()>{when(run.started_at)}</Fact>
                <Fact label=t.dashboard.run_finished()>{finished}</Fact>
            </Facts>
            <Table columns rows=run.steps label=t.collections.steps()/>
        </Card>
    }
}

/// Whom it would have cut, each with the rule and the invoices.
#[component]
fn Proposed(page: Page<ProposedCut>, query: Memo<ListQuery>) -> impl IntoView {
    let t = words();
    let settled = move |row: &ProposedCut| if row.settled { t.common.yes() } else { t.common.no() };
    let columns = vec![
        Column::new(t.collections.customer(), |row: &ProposedCut| row.customer.name.clone()),
        Column::new(t.collections.contract(), |row: &ProposedCut| row.contract.name.clone()).secondary(),
        Column::new(t.collections.cut(), move |row: &ProposedCut| would_be_cut(&row.evidence, t)),
        Column::new(t.collections.debt(), |row: &ProposedCut| money(row.evidence.debt)).number(),
        Column::new(t.collections.settled(), settled).secondary(),
    ];
    let href = |row: &ProposedCut| format!("/office/contracts/{}", row.contract.id);
    view! {
        <Card title=t.collections.proposed()>
            <List query page columns label=t.collections.proposed() href empty=|| ()/>
        </Card>
    }
}

#[component]
fn LeftOut(parked: Vec<Parked>, date: NaiveDate, form: FormState<RetryParked>) -> impl IntoView {
    let t = words();
    let columns = vec![
        Column::new(t.dashboard.contract(), |row: &Parked| row.contract.name.clone()),
        Column::new(t.dashboard.customer(), |row: &Parked| row.customer.clone()),
        Column::new(t.dashboard.step(), move |row: &Parked| step_name(&row.step, t)),
        Column::new(t.dashboard.because(), move |row: &Parked| because(&row.because, t)),
        Column::new(t.collections.action(), move |row: &Parked| again(row, date, form, t)),
    ];
    let href = |row: &Parked| format!("/office/contracts/{}", row.contract.id);
    view! {
        <Card title=t.dashboard.parked_list()>
            <Table columns rows=parked label=t.dashboard.parked_list() href/>
        </Card>
    }
}

fn again(row: &Parked, date: NaiveDate, form: FormState<RetryParked>, t: Words) -> AnyView {
    let (contract, step) = (row.contract.id, row.step.clone());
    match (row.resolved, may("retry_parked")) {
        (true, _) => t.collections.resolved().into_any(),
        (false, false) => ().into_any(),
        (false, true) => view! {
            <Form state=form>
                <input type="hidden" name="date" value=date.to_string()/>
                <input type="hidden" name="contract" value=contract.to_string()/>
                <input type="hidden" name="step" value=step/>
                <Submit icon=Icon::Play>{t.collections.try_again()}</Submit>
            </Form>
        }
        .into_any(),
    }
}
