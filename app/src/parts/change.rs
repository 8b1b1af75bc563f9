//! Changes and leases in words.

use domain::{
    leasing::LeaseState,
    plan_change::{ChangeState, ChangeSummary},
    views::changes::{ChangePreview, PlanOption},
    views::leases::LeaseRow,
};
use leptos::prelude::*;

use super::amount::money;
use crate::{
    i18n::Words,
    ui::{badge::Badge, format, icon::Icon, list::Column, tone::Tone},
};

/// `Plan: Fibra 100 → Fibra 200`
#[must_use]
pub fn change_summary(what: &ChangeSummary, t: Words) -> String {
    match what {
        ChangeSummary::Plan { from, to } => t.changes.what_plan(from, to),
        ChangeSummary::Quantity { of, from, to } => t.changes.what_quantity(of, from, to),
        ChangeSummary::Pause { from, until } => t.changes.what_pause(format::date(*from, t), format::date(*until, t)),
    }
}

#[must_use]
pub fn change_state(state: &ChangeState, t: Words) -> String {
    match state {
        ChangeState::Requested => t.changes.state_requested().to_owned(),
        ChangeState::Approved { on } => t.changes.state_approved(format::date(*on, t)),
        ChangeState::Applied { on } => t.changes.state_applied(format::date(*on, t)),
        ChangeState::Rejected { .. } => t.changes.state_rejected().to_owned(),
        ChangeState::Withdrawn => t.changes.state_withdrawn().to_owned(),
    }
}

#[must_use]
pub fn change_badge(state: &ChangeState, t: Words) -> AnyView {
    let (tone, icon) = match state {
        ChangeState::Requested => (Tone::Accent, Icon::Clock),
        ChangeState::Approved { .. } => (Tone::Accent, Icon::Check),
        ChangeState::Applied { .. } => (Tone::Ok, Icon::Check),
        ChangeState::Rejected { .. } => (Tone::Danger, Icon::Close),
        ChangeState::Withdrawn => (Tone::Neutral, Icon::Close),
    };
    view! { <Badge tone icon label=change_state(state, t)/> }.into_any()
}

#[must_use]
pub fn lease_state(state: LeaseState, t: Words) -> String {
    match state {
        LeaseState::Running => t.changes.lease_running().to_owned(),
        LeaseState::Passed { on } => t.changes.lease_passed(format::date(on, t)),
        LeaseState::BoughtOut { on } => t.changes.lease_bought(format::date(on, t)),
        LeaseState::Returned { on } => t.changes.lease_returned(format::date(on, t)),
    }
}

#[must_use]
pub fn lease_badge(state: LeaseState, t: Words) -> AnyView {
    let (tone, icon) = match state {
        LeaseState::Running => (Tone::Accent, Icon::Clock),
        LeaseState::Passed { .. } => (Tone::Ok, Icon::Check),
        LeaseState::BoughtOut { .. } => (Tone::Ok, Icon::Payment),
        LeaseState::Returned { .. } => (Tone::Neutral, Icon::Left),
    };
    view! { <Badge tone icon label=lease_state(state, t)/> }.into_any()
}

/// What each plan would cost, now and from the next period.
#[must_use]
pub fn option_columns(t: Words) -> Vec<Column<PlanOption>> {
    vec![
        Column::new(t.changes.new_plan(), |option: &PlanOption| option.plan.name.clone()),
        Column::new(t.contracts.per_period(), |option: &PlanOption| money(option.now.per_period)).number(),
        Column::new(t.changes.timing_now(), move |option: &PlanOption| at_once(&option.now, t)),
        Column::new(t.changes.timing_next_period(), move |option: &PlanOption| {
            t.changes.from_day(format::date(option.next_period.on, t))
        }),
    ]
}

/// What is given back and charged at once.
fn at_once(preview: &ChangePreview, t: Words) -> String {
    match (preview.credited.is_positive(), preview.charged.is_positive()) {
        (true, true) => t.changes.back_and_charged(money(preview.credited), money(preview.charged)),
        (true, false) => t.changes.only_back(money(preview.credited)),
        (false, true) => t.changes.only_charged(money(preview.charged)),
        (false, false) => t.changes.nothing_at_once().to_owned(),
    }
}

#[must_use]
pub fn lease_columns(t: Words) -> Vec<Column<LeaseRow>> {
    let what = |row: &LeaseRow| match &row.serial {
        Some(serial) => format!("{} · {serial}", row.equipment),
        None => row.equipment.clone(),
    };
    vec![
        Column::new(t.changes.equipment(), what),
        Column::new(t.changes.ownership(), move |row: &LeaseRow| lease_badge(row.state, t)),
        Column::new(t.changes.commitment_end(), move |row: &LeaseRow| format::date(row.term.commitment_end, t)),
        Column::new(t.changes.plan_after(), |row: &LeaseRow| row.plan_after.name.clone()).secondary(),
        Column::new(t.changes.rest(), |row: &LeaseRow| match row.state {
            LeaseState::Running => money(row.owed),
            _ => String::new(),
        })
        .number(),
    ]
}
