//! The dashboard. Roles that have nothing to see on it begin at the contracts.

use domain::views::dashboard::{Dashboard, LEASES_END_WITHIN};
use leptos::prelude::*;
use leptos_router::components::Redirect;

use super::{
    api::{AdvanceDemo, is_demo, show_dashboard},
    demo::DemoClock,
    links::Links,
    money::Collections,
    picker::Picker,
    recurring::RecurringRevenue,
    run::{NightlyRun, ParkedList},
    services::Services,
    trouble::{Faults, Network},
};
use crate::{
    failure::AppError,
    i18n::words,
    parts::live::use_figures_changed,
    surroundings::may,
    ui::{
        form::{FormState, use_form},
        format,
        icon::Icon,
        list::use_list_query,
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        tone::Tone,
    },
};

#[component]
pub fn DashboardPage() -> impl IntoView {
    if !may("see_dashboard") {
        return view! { <Redirect path="/office/contracts"/> }.into_any();
    }
    let advance = use_form::<AdvanceDemo>();
    let (moved, may_move) = (advance.done(), may("run_business_day"));
    let (query, changed) = (use_list_query(), use_figures_changed());
    let figures = Resource::new_blocking(
        move || (query.get(), moved.get(), changed.get()),
        move |(query, ..)| async move {
            let movable = may_move && is_demo().await?;
            Ok::<_, AppError>((show_dashboard(query).await?, movable))
        },
    );
    let shown = move |(dashboard, movable): (Dashboard, bool)| {
        let demo = movable.then_some(advance);
        view! { <Shown dashboard demo/> }
    };
    view! { <Loaded from=figures view=shown/> }.into_any()
}

#[component]
fn Shown(dashboard: Dashboard, demo: Option<FormState<AdvanceDemo>>) -> impl IntoView {
    let t = words();
    let links = Links::of(&dashboard);
    let leases_by = (dashboard.today + chrono::Days::new(LEASES_END_WITHIN)).to_string();
    let parked = dashboard.newest_parked.clone();
    let more_parked = dashboard.trouble.parked > 5;
    view! {
        <PageHeader title=t.dashboard.title() summary=t.dashboard.as_of(format::long_date(dashboard.today, t))/>
        <Alarms dashboard=dashboard.clone()/>
        {demo.map(|advance| view! { <DemoClock advance/> })}
        <Picker dashboard=dashboard.clone()/>
        <Services figures=dashboard.services leases_by links/>
        <RecurringRevenue figures=dashboard.recurring links/>
        <Collections figures=dashboard.money today=dashboard.today.to_string() links/>
        <Network figures=dashboard.trouble links/>
        <Faults tickets=dashboard.tickets links/>
        <NightlyRun run=dashboard.last_run/>
        {(!parked.is_empty()).then(|| view! { <ParkedList parked more=more_parked/> })}
    }
}

/// What cannot wait.
#[component]
fn Alarms(dashboard: Dashboard) -> impl IntoView {
    let t = words();
    let late = dashboard.run_is_late.then(|| {
        view! {
            <Notice tone=Tone::Danger icon=Icon::Alert title=t.dashboard.run_late()>
                <p>{t.dashboard.run_late_hint()}</p>
            </Notice>
        }
    });
    let waiting = dashboard.last_run.filter(|_| dashboard.waits_for_approval).map(|run| {
        let href = format!("/office/runs/{}", run.business_date);
        view! {
            <Notice tone=Tone::Danger icon=Icon::Pause title=t.collections.waiting_title()>
                <p>{t.collections.waiting_hint()}</p>
                {may("see_runs").then(|| view! { <p><a href=href>{t.collections.see_run()}</a></p> })}
            </Notice>
        }
    });
    let trouble = dashboard.trouble;
    let events = (trouble.events_parked > 0).then(|| {
        view! {
            <Notice tone=Tone::Danger icon=Icon::Payment title=t.figures.events_alarm(trouble.events_parked)>
                <p>{t.figures.events_alarm_hint()}</p>
                {may("see_gateway").then(|| view! {
                    <p><a href="/office/gateway/events?state=parked">{t.figures.see_events()}</a></p>
                })}
            </Notice>
        }
    });
    let disputes = (trouble.disputes_open > 0).then(|| {
        view! {
            <Notice tone=Tone::Warn icon=Icon::Payment title=t.figures.disputes_alarm(trouble.disputes_open)>
                <p>{t.figures.disputes_alarm_hint()}</p>
                {may("see_gateway").then(|| view! {
                    <p><a href="/office/gateway/disputes?is=open">{t.figures.see_disputes()}</a></p>
                })}
            </Notice>
        }
    });
    view! { <div role="alert" class="alarms">{late}{waiting}{events}{disputes}</div> }
}
