//! What somebody must look at: the network, the card gateway and the customers' reports.

use domain::views::{dashboard::TroubleFigures, tickets::TicketCounts};
use leptos::prelude::*;

use super::{
    figure::{Charted, Figure, Group, tone_of},
    links::{Links, if_may},
};
use crate::{
    i18n::words,
    ui::{
        chart::{Bar, Bars},
        format,
        tone::Tone,
    },
};

#[component]
pub(super) fn Network(figures: TroubleFigures, links: Links) -> impl IntoView {
    let t = words();
    let count = format::count;
    view! {
        <Group title=t.dashboard.network()>
            <div class="stats">
                <Figure label=t.dashboard.jobs_given_up() value=count(figures.jobs_given_up)
                        about=t.dashboard.jobs_given_up_about() href="/office/jobs?unresolved=true"
                        may_open="see_jobs" tone=tone_of(figures.jobs_given_up, Tone::Danger)/>
                <Figure label=t.figures.routers_failing() value=count(figures.routers_failing)
                        about=t.figures.routers_failing_about() href="/office/routers?health=failing"
                        may_open="see_routers" tone=tone_of(figures.routers_failing, Tone::Danger)/>
                <Figure label=t.dashboard.out_of_step() value=count(figures.out_of_step)
                        about=t.dashboard.out_of_step_about() href=links.list("/office/contracts?is=out_of_step")
                        may_open="see_contracts" tone=tone_of(figures.out_of_step, Tone::Warn)/>
                <Figure label=t.dashboard.parked() value=count(figures.parked) about=t.dashboard.parked_about()
                        href=links.list("/office/contracts?is=parked") may_open="see_contracts"
                        tone=tone_of(figures.parked, Tone::Danger)/>
                <Figure label=t.figures.events_parked() value=count(figures.events_parked)
                        about=t.figures.events_parked_about() href="/office/gateway/events?state=parked"
                        may_open="see_gateway" tone=tone_of(figures.events_parked, Tone::Danger)/>
                <Figure label=t.figures.disputes_open() value=count(figures.disputes_open)
                        about=t.figures.disputes_open_about() href="/office/gateway/disputes?is=open"
                        may_open="see_gateway" tone=tone_of(figures.disputes_open, Tone::Danger)/>
            </div>
        </Group>
    }
}

#[component]
pub(super) fn Faults(tickets: TicketCounts, links: Links) -> impl IntoView {
    let t = words();
    let bar = |label: &str, count: i64, filter: &str, tone| Bar {
        label: label.to_owned(),
        size: count.into(),
        value: format::count(count),
        href: if_may("see_tickets", links.list(&format!("/office/tickets?{filter}"))),
        tone,
        ..Bar::default()
    };
    let bars = vec![
        bar(t.figures.on_time(), tickets.on_time, "sla=on_time", Tone::Ok),
        bar(t.tickets.soon(), tickets.soon, "sla=soon", Tone::Warn),
        bar(t.tickets.breached(), tickets.breached, "sla=breached", Tone::Danger),
        bar(t.figures.waiting(), tickets.waiting, "state=waiting", Tone::Neutral),
    ];
    view! {
        <Group title=t.tickets.title()>
            <div class="stats">
                <Figure label=t.tickets.open() value=format::count(tickets.open) about=t.tickets.open_about()
                        href=links.list("/office/tickets?is=open") may_open="see_tickets"/>
            </div>
            <div class="charts">
                <Charted label=t.figures.sla() about=t.figures.sla_about()>
                    <Bars title=t.figures.sla() bars/>
                </Charted>
            </div>
        </Group>
    }
}
