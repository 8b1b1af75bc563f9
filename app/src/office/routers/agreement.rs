//! What a router should hold beside what it was read to hold, and since when they agree.

use domain::ids::RouterId;
use domain::views::jobs::JobRow;
use domain::views::routers::{Agreement, Disagreeing, RouterPage};
use domain::views::scans::ScanRow;
use leptos::prelude::*;

use crate::{
    i18n::{Words, words},
    office::{jobs, scans},
    parts::{because::because, state::technical_badge},
    surroundings::local,
    ui::{
        card::{Card, Fact, Facts},
        format,
        list::{Column, Table},
    },
};

#[component]
pub(super) fn Agreed(page: RouterPage) -> impl IntoView {
    let t = words();
    let RouterPage { router, disagreeing, trouble, last_scan } = page;
    let id = router.row.id;
    view! {
        <Beside agreement=router.agreement router=id/>
        {(!disagreeing.is_empty()).then(|| view! { <OutOfStep disagreeing/> })}
        {(!trouble.is_empty()).then(|| view! { <Trouble trouble/> })}
        <Card title=t.scans.last()><LastScan last_scan/></Card>
    }
}

/// Wanted, read, and how many: read-only, since only a reading changes it.
#[component]
fn Beside(agreement: Vec<Agreement>, router: RouterId) -> impl IntoView {
    let t = words();
    let when =
        move |at: Option<_>| at.map_or_else(|| t.network.never().to_owned(), |at| format::date_time(local(at), t));
    let in_step = !agreement.is_empty() && agreement.iter().all(Agreement::agrees);
    let since = agreement.iter().filter_map(|one| one.since).max().filter(|_| in_step);
    let columns = vec![
        Column::new(t.scans.wanted(), move |one: &Agreement| technical_badge(one.wanted, t)),
        Column::new(t.scans.read(), move |one: &Agreement| technical_badge(one.read, t)),
        Column::new(t.scans.services(), |one: &Agreement| format::count(one.services)).number(),
        Column::new(t.scans.since(), move |one: &Agreement| when(one.since)).secondary(),
        Column::new(t.scans.oldest_reading(), move |one: &Agreement| when(one.read_at)).secondary(),
    ];
    view! {
        <Card title=t.scans.agreement()>
            <p class="muted">
                {since.map(|since| format!("{} ", t.scans.in_step_since(format::date_time(local(since), t))))}
                {t.scans.agreement_hint()}" "
                <a href=format!("/office/contracts?router={router}")>{t.scans.services_of()}</a>
            </p>
            <Table columns rows=agreement label=t.scans.agreement()/>
        </Card>
    }
}

#[component]
fn OutOfStep(disagreeing: Vec<Disagreeing>) -> impl IntoView {
    let t = words();
    let read = move |one: &Disagreeing| {
        one.read_at.map_or_else(|| t.network.never().to_owned(), |at| format::date_time(local(at), t))
    };
    let since = move |one: &Disagreeing| one.wanted_since.map(|on| format::date(on, t)).unwrap_or_default();
    let columns = vec![
        Column::new(t.network.contract(), |one: &Disagreeing| one.contract_code.clone()),
        Column::new(t.network.customer(), |one: &Disagreeing| one.customer_name.clone()),
        Column::new(t.scans.wanted(), move |one: &Disagreeing| technical_badge(one.wanted, t)),
        Column::new(t.scans.wanted_since(), since).secondary(),
        Column::new(t.scans.read(), move |one: &Disagreeing| technical_badge(one.read, t)),
        Column::new(t.scans.read_at(), read).secondary(),
    ];
    let href = |one: &Disagreeing| format!("/office/contracts/{}", one.contract);
    view! { <Card title=t.scans.out_of_step()><Table columns rows=disagreeing label=t.scans.out_of_step() href/></Card> }
}

#[component]
fn Trouble(trouble: Vec<JobRow>) -> impl IntoView {
    let t = words();
    let columns = vec![
        Column::new(t.network.job(), move |job: &JobRow| jobs::subject(job, t)),
        Column::new(t.network.reason(), move |job: &JobRow| why(job, t)),
        Column::new(t.network.due(), move |job: &JobRow| {
            format::date_time(local(job.finished_at.unwrap_or(job.run_at)), t)
        })
        .secondary(),
    ];
    let href = |job: &JobRow| format!("/office/jobs/{}", job.id);
    view! { <Card title=t.scans.trouble()><Table columns rows=trouble label=t.scans.trouble() href/></Card> }
}

fn why(job: &JobRow, t: Words) -> String {
    job.because.as_ref().map(|why| because(why, t)).unwrap_or_default()
}

#[component]
fn LastScan(last_scan: Option<ScanRow>) -> impl IntoView {
    let t = words();
    let Some(scan) = last_scan else { return view! { <p class="muted">{t.scans.never_scanned()}</p> }.into_any() };
    let when = scan.found.map_or(scan.requested_at, |found| found.read_at);
    let counts = scan.found.map(|found| {
        view! {
            <Fact label=t.scans.agreeing()>{format::count(found.agreeing)}" / "{format::count(found.services)}</Fact>
            <Fact label=t.scans.differs()>
                {format::count(found.missing + found.different + found.orphaned + found.refused)}
            </Fact>
            <Fact label=t.scans.foreign()>{format::count(found.foreign)}</Fact>
        }
    });
    view! {
        <Facts>
            <Fact label=t.scans.state()>
                {scans::state_badge(scan.state, scan.found.as_ref(), t)}
                <p class="muted">{format::date_time(local(when), t)}</p>
            </Fact>
            {counts}
        </Facts>
        <p><a href=format!("/office/scans/{}", scan.id)>{t.scans.see_scan()}</a></p>
    }
    .into_any()
}
