//! The dashboard. Roles that have nothing to see on it begin at the contracts.

use domain::views::{dashboard::Dashboard, tickets::TicketCounts};
use leptos::prelude::*;
use leptos_router::components::Redirect;

use super::{
    api::{AdvanceDemo, is_demo, show_dashboard},
    demo::DemoClock,
    figure::Figure,
    run::{NightlyRun, ParkedList},
};
use crate::{
    failure::AppError,
    i18n::words,
    parts::amount::money,
    surroundings::may,
    ui::{
        form::{FormState, use_form},
        format,
        icon::Icon,
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
    let figures = Resource::new_blocking(
        move || moved.get(),
        move |_| async move {
            let movable = may_move && is_demo().await?;
            Ok::<_, AppError>((show_dashboard().await?, movable))
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
    let late = dashboard.run_is_late.then(|| {
        view! {
            <div role="alert">
                <Notice tone=Tone::Danger icon=Icon::Alert title=t.dashboard.run_late()>
                    <p>{t.dashboard.run_late_hint()}</p>
                </Notice>
            </div>
        }
    });
    let waiting = dashboard.last_run.as_ref().filter(|_| dashboard.waits_for_approval).map(|run| {
        let href = format!("/office/runs/{}", run.business_date);
        view! {
            <div role="alert">
                <Notice tone=Tone::Danger icon=Icon::Pause title=t.collections.waiting_title()>
                    <p>{t.collections.waiting_hint()}</p>
                    {may("see_runs").then(|| view! { <p><a href=href>{t.collections.see_run()}</a></p> })}
                </Notice>
            </div>
        }
    });
    let parked = dashboard.newest_parked.clone();
    view! {
        <PageHeader title=t.dashboard.title() summary=t.dashboard.as_of(format::long_date(dashboard.today, t))/>
        {late}
        {waiting}
        {demo.map(|advance| view! { <DemoClock advance/> })}
        <Services dashboard=dashboard.clone()/>
        <MoneyFigures dashboard=dashboard.clone()/>
        <Network dashboard=dashboard.clone()/>
        <Faults tickets=dashboard.tickets/>
        <NightlyRun run=dashboard.last_run/>
        {(!parked.is_empty()).then(|| view! { <ParkedList parked more={dashboard.parked > 5}/> })}
    }
}

/// What should be nothing stands out when it is something.
const fn tone_of(count: i64, something: Tone) -> Tone {
    if count > 0 { something } else { Tone::Neutral }
}

#[component]
fn Services(dashboard: Dashboard) -> impl IntoView {
    let t = words();
    let count = format::count;
    view! {
        <section class="stat-group">
            <h2 class="stat-group-title">{t.dashboard.services()}</h2>
            <div class="stats">
                <Figure label=t.dashboard.active() value=count(dashboard.active) about=t.dashboard.active_about()
                        href="/office/contracts?service=active" may_open="see_contracts"/>
                <Figure label=t.dashboard.suspended() value=count(dashboard.suspended)
                        about=t.dashboard.suspended_about() href="/office/contracts?is=cut" may_open="see_contracts"
                        tone=tone_of(dashboard.suspended, Tone::Warn)/>
                <Figure label=t.dashboard.to_install() value=count(dashboard.to_install)
                        about=t.dashboard.to_install_about() href="/office/contracts?state=open"
                        may_open="see_contracts"/>
            </div>
        </section>
    }
}

#[component]
fn MoneyFigures(dashboard: Dashboard) -> impl IntoView {
    let t = words();
    let overdue = tone_of(dashboard.overdue_invoices, Tone::Danger);
    let recurring = dashboard.recurring;
    let courtesies = match recurring.courtesies {
        0 => String::new(),
        count => t.dashboard.courtesies(count, money(recurring.courtesy)),
    };
    view! {
        <section class="stat-group">
            <h2 class="stat-group-title">{t.dashboard.money()}</h2>
            <div class="stats">
                <Figure label=t.dashboard.overdue() value=money(dashboard.overdue)
                        note=t.dashboard.invoices(dashboard.overdue_invoices) about=t.dashboard.overdue_about()
                        href="/office/invoices?standing=overdue" may_open="see_invoices" tone=overdue/>
                <Figure label=t.dashboard.recurring() value=money(recurring.revenue) note=courtesies
                        about=t.dashboard.recurring_about() href="/office/contracts?state=active"
                        may_open="see_contracts"/>
            </div>
        </section>
    }
}

#[component]
fn Network(dashboard: Dashboard) -> impl IntoView {
    let t = words();
    let count = format::count;
    view! {
        <section class="stat-group">
            <h2 class="stat-group-title">{t.dashboard.network()}</h2>
            <div class="stats">
                <Figure label=t.dashboard.jobs_given_up() value=count(dashboard.jobs_given_up)
                        about=t.dashboard.jobs_given_up_about() href="/office/jobs?unresolved=true"
                        may_open="see_jobs" tone=tone_of(dashboard.jobs_given_up, Tone::Danger)/>
                <Figure label=t.dashboard.out_of_step() value=count(dashboard.out_of_step)
                        about=t.dashboard.out_of_step_about() href="/office/contracts?is=out_of_step"
                        may_open="see_contracts" tone=tone_of(dashboard.out_of_step, Tone::Warn)/>
                <Figure label=t.dashboard.parked() value=count(dashboard.parked) about=t.dashboard.parked_about()
                        href="/office/contracts?is=parked" may_open="see_contracts"
                        tone=tone_of(dashboard.parked, Tone::Danger)/>
            </div>
        </section>
    }
}

#[component]
fn Faults(tickets: TicketCounts) -> impl IntoView {
    let t = words();
    let count = format::count;
    view! {
        <section class="stat-group">
            <h2 class="stat-group-title">{t.tickets.title()}</h2>
            <div class="stats">
                <Figure label=t.tickets.open() value=count(tickets.open) about=t.tickets.open_about()
                        href="/office/tickets?is=open" may_open="see_tickets"/>
                <Figure label=t.tickets.soon() value=count(tickets.soon) about=t.tickets.soon_about()
                        href="/office/tickets?sla=soon" may_open="see_tickets" tone=tone_of(tickets.soon, Tone::Warn)/>
                <Figure label=t.tickets.breached() value=count(tickets.breached) about=t.tickets.breached_about()
                        href="/office/tickets?sla=breached" may_open="see_tickets"
                        tone=tone_of(tickets.breached, Tone::Danger)/>
            </div>
        </section>
    }
}
