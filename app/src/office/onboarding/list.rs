//! Looking at a range, and the routers that were found.

use domain::views::jobs::JobState;
use domain::views::list::Page;
use domain::views::onboarding::{NetworkScan, OnboardingRow, OnboardingStart, OnboardingState};
use leptos::{prelude::*, task::spawn_local};

use super::{
    api::{ScanNetwork, begin_onboarding, list_onboardings},
    keep_asking, state_badge, state_name, step_name,
};
use crate::{
    failure::AppError,
    i18n::{Words, words},
    office::list_tools::ListTools,
    parts::because::because,
    surroundings::local,
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        empty::EmptyState,
        form::{Field, Form, FormState, Kind, Submit, use_form},
        format,
        icon::Icon,
        list::{Column, Filter, List, ListControls, use_list_query},
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        tone::Tone,
    },
};

#[component]
pub fn OnboardingsPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let scan = use_form::<ScanNetwork>();
    let done = scan.done();
    let start = Resource::new_blocking(move || done.get(), |_| begin_onboarding());
    let routers = Resource::new_blocking(move || (query.get(), done.get()), |(query, _)| list_onboardings(query));
    let states = OnboardingState::ALL.iter();
    let states = states.map(|state| (state.word().to_owned(), state_name(*state, t).to_owned())).collect();
    let filters = vec![Filter { name: "state", label: t.onboarding.state().to_owned(), choices: states }];
    let table = move |page: Page<OnboardingRow>| {
        let empty = move || {
            view! { <EmptyState icon=Icon::Router title=t.onboarding.none() hint=t.onboarding.none_hint()/> }
        };
        let href = |router: &OnboardingRow| format!("/office/onboarding/{}", router.id);
        view! { <List query page columns=columns(t) label=t.onboarding.list() href empty/> }
    };
    let places = vec![(t.network.routers().to_owned(), "/office/routers".to_owned())];
    let begun = move |begun: OnboardingStart| {
        follow(&begun, start, routers);
        view! { <Begun begun/> }
    };
    view! {
        <PageHeader title=t.onboarding.title() summary=t.onboarding.hint() places/>
        <ScanCard scan><Loaded from=start view=begun/></ScanCard>
        <ListControls query search=t.onboarding.search() filters><ListTools/></ListControls>
        <Loaded from=routers view=table/>
    }
}

/// While a scan goes on, shows how far it is and what it finds.
fn follow(
    begun: &OnboardingStart,
    start: Resource<Result<OnboardingStart, AppError>>,
    routers: Resource<Result<Page<OnboardingRow>, AppError>>,
) {
    if begun.scans.iter().all(is_over) {
        return;
    }
    let before = begun.clone();
    keep_asking(move || {
        let before = before.clone();
        spawn_local(async move {
            if begin_onboarding().await.is_ok_and(|now| now != before) {
                start.refetch();
                routers.refetch();
            }
        });
    });
}

fn is_over(scan: &NetworkScan) -> bool {
    let running = |state| matches!(state, JobState::Waiting | JobState::Running);
    scan.finished_at.is_some() || !scan.job.as_ref().is_some_and(|job| running(job.state))
}

/// The children are what came of the newest scans.
#[component]
fn ScanCard(scan: FormState<ScanNetwork>, children: Children) -> impl IntoView {
    let t = words();
    view! {
        <Card title=t.onboarding.scan_title()>
            <Form state=scan>
                <div class="fields">
                    <Field name="scan[range]" label=t.onboarding.range() hint=t.onboarding.range_hint() most=40/>
                    <Field name="scan[port]" label=t.network.port() hint=t.onboarding.port_hint() kind=Kind::Whole
                           value="8728"/>
                </div>
                <div class="form-actions">
                    <Submit variant=Variant::Primary icon=Icon::Search>{t.onboarding.scan()}</Submit>
                </div>
            </Form>
            {children()}
        </Card>
    }
}

#[component]
fn Begun(begun: OnboardingStart) -> impl IntoView {
    let t = words();
    let demo = begun.demo.map(|range| view! { <p class="muted">{t.onboarding.range_demo(range)}</p> });
    let scans = begun.scans.into_iter().map(|scan| view! { <Scan scan/> }).collect_view();
    view! {
        {demo}
        <div role="status">{scans}</div>
    }
}

/// How far a scan is, or what came of it.
#[component]
fn Scan(scan: NetworkScan) -> impl IntoView {
    let t = words();
    let when = format::date_time(local(scan.finished_at.unwrap_or(scan.at)), t);
    let why = scan.job.as_ref().and_then(|job| job.because.as_ref()).map(|why| because(why, t));
    if !is_over(&scan) {
        let title = t.onboarding.scanning(&scan.range, scan.asked, scan.addresses, scan.found);
        return view! {
            <Notice tone=Tone::Accent icon=Icon::Clock title>
                <progress max=scan.addresses.to_string() value=scan.asked.to_string()></progress>
                <p><LinkButton href="/office/onboarding" variant=Variant::Quiet>{t.onboarding.refresh()}</LinkButton></p>
            </Notice>
        }
        .into_any();
    }
    match (scan.finished_at, why) {
        (None, Some(why)) => {
            let title = t.onboarding.scan_failed(&scan.range, why);
            view! { <Notice tone=Tone::Danger icon=Icon::Alert title/> }.into_any()
        }
        _ => {
            let line = t.onboarding.scan_done(&scan.range, scan.asked, scan.found);
            view! { <p class="muted">{when}" · "{line}</p> }.into_any()
        }
    }
}

fn columns(t: Words) -> Vec<Column<OnboardingRow>> {
    let board = |router: &OnboardingRow| {
        let identity = router.identity.as_ref();
        identity.map(|identity| format!("{} · {}", identity.board, identity.version)).unwrap_or_default()
    };
    let step = move |router: &OnboardingRow| router.step.map_or("—", |step| step_name(step, t));
    let found = move |router: &OnboardingRow| format::date_time(local(router.found_at), t);
    vec![
        Column::new(t.onboarding.address(), |router: &OnboardingRow| router.host.clone()),
        Column::new(t.network.name(), |router: &OnboardingRow| router.name.clone()),
        Column::new(t.onboarding.state(), move |router: &OnboardingRow| state_badge(router.state, t)),
        Column::new(t.onboarding.next_step(), step).secondary(),
        Column::new(t.network.board(), board).secondary(),
        Column::new(t.onboarding.found_at(), found).secondary(),
    ]
}
