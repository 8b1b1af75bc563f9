//! Contracts by what their customers may use, and what happened to them.

use domain::views::contracts::ContractEvent;
use domain::views::dashboard::{LEASES_END_WITHIN, ServiceFigures};
use leptos::prelude::*;

use super::{
    figure::{Figure, Group, tone_of},
    links::Links,
};
use crate::{
    i18n::{Words, words},
    ui::{format, tone::Tone},
};

#[component]
pub(super) fn Services(figures: ServiceFigures, leases_by: String, links: Links) -> impl IntoView {
    let t = words();
    let count = format::count;
    let took = figures.provisioning_took.map_or_else(|| "—".to_owned(), |seconds| lasted(seconds, t));
    let leases = format!("/office/leases?state=running&ends_by={leases_by}");
    view! {
        <Group title=t.dashboard.services()>
            <div class="stats">
                <Figure label=t.dashboard.active() value=count(figures.active) about=t.dashboard.active_about()
                        href=links.list("/office/contracts?service=active") may_open="see_contracts"/>
                <Figure label=t.dashboard.suspended() value=count(figures.suspended)
                        about=t.dashboard.suspended_about() href=links.list("/office/contracts?is=cut")
                        may_open="see_contracts" tone=tone_of(figures.suspended, Tone::Warn)/>
                <Figure label=t.dashboard.to_install() value=count(figures.to_install)
                        about=t.dashboard.to_install_about() href=links.list("/office/contracts?state=open")
                        may_open="see_contracts"/>
                <Figure label=t.figures.provisioning() value=took note=t.figures.on_contracts(figures.provisioned)
                        about=t.figures.provisioning_about() href=links.event(ContractEvent::Provisioned)
                        may_open="see_contracts"/>
                <Figure label=t.figures.reconnected() value=count(figures.reconnected)
                        about=t.figures.reconnected_about() href=links.event(ContractEvent::Reconnected)
                        may_open="see_contracts"/>
                <Figure label=t.figures.leases_ending() value=count(figures.leases_ending)
                        about=t.figures.leases_ending_about(LEASES_END_WITHIN) href=links.list(&leases) may_open="see_contracts"/>
            </div>
        </Group>
    }
}

/// `2 d 3 h`, `3 h 20 min`, `20 min`.
fn lasted(seconds: i64, t: Words) -> String {
    let minutes = seconds / 60;
    let (days, hours, minutes) = (minutes / 1440, minutes % 1440 / 60, minutes % 60);
    match (days, hours) {
        (0, 0) => t.figures.minutes(minutes),
        (0, hours) => t.figures.hours(hours, minutes),
        (days, hours) => t.figures.days(days, hours),
    }
}
