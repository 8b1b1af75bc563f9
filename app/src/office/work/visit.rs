//! What came of each visit.

use domain::views::work::{Checked, Reading, Visit};
use domain::work_order::VisitOutcome;
use leptos::prelude::*;

use crate::{
    i18n::{Words, words},
    parts::{place::MapLink, ticket::name, work::reason_word},
    surroundings::local,
    ui::{
        badge::Badge,
        card::{Card, Fact, Facts},
        empty::EmptyState,
        format,
        icon::Icon,
        tone::Tone,
    },
};

#[component]
pub(super) fn Visits(visits: Vec<Visit>) -> impl IntoView {
    let t = words();
    let none = visits.is_empty().then(|| {
        view! {
            <Card title=t.work.visits()>
                <EmptyState icon=Icon::User title=t.work.no_visits() hint=t.work.no_visits_hint()/>
            </Card>
        }
    });
    let visits: Vec<_> = visits.into_iter().rev().map(|visit| view! { <Shown visit/> }).collect();
    view! { {none}{visits} }
}

#[component]
fn Shown(visit: Visit) -> impl IntoView {
    let t = words();
    let title = t.work.visit_of(visit.by.clone(), format::date_time(local(visit.at), t));
    let outcome = match visit.outcome {
        VisitOutcome::Done => view! { <Badge tone=Tone::Ok icon=Icon::Check label=t.work.outcome_done()/> },
        VisitOutcome::Failed => view! { <Badge tone=Tone::Danger icon=Icon::Alert label=t.work.outcome_failed()/> },
    };
    let checks: Vec<_> = visit.checks.iter().map(|check| checked(check, t)).collect();
    let reading = reading(visit.reading, t);
    let signature = visit.signature.map(|file| {
        let words = t.work.signature_of(visit.signed_by.clone());
        view! { <img class="signature-shown" src=file.href() alt=words width="300" height="150"/> }
    });
    let photos: Vec<_> = visit
        .photos
        .into_iter()
        .map(|file| view! { <li><a href=file.href() rel="external" target="_blank">{file.name.clone()}</a></li> })
        .collect();
    view! {
        <Card title>
            <p>{outcome}</p>
            <Facts>
                {visit.reason.map(|reason| view! { <Fact label=t.work.reason()>{reason_word(reason, t)}</Fact> })}
                {(!visit.note.is_empty()).then(|| view! { <Fact label=t.work.did()>{visit.note}</Fact> })}
                {visit.serial.map(|serial| view! { <Fact label=t.work.serial()>{serial}</Fact> })}
                {(!reading.is_empty()).then(|| view! { <Fact label=t.work.reading()>{reading}</Fact> })}
                {visit.position.map(|position| view! { <Fact label=t.work.position()><MapLink position/></Fact> })}
                {(!checks.is_empty()).then(|| view! { <Fact label=t.work.checklist()><ul class="checked">{checks}</ul></Fact> })}
                {(!visit.signed_by.is_empty()).then(|| view! { <Fact label=t.work.signed_by()>{visit.signed_by}</Fact> })}
                {signature.map(|signature| view! { <Fact label=t.work.signature()>{signature}</Fact> })}
                {(!photos.is_empty()).then(|| view! { <Fact label=t.work.photos()><ul>{photos}</ul></Fact> })}
            </Facts>
        </Card>
    }
}

fn checked(check: &Checked, t: Words) -> impl IntoView + use<> {
    let (icon, words) = if check.done { (Icon::Check, t.work.checked()) } else { (Icon::Close, t.work.unchecked()) };
    view! {
        <li>
            {icon.view()}
            <span class="visually-hidden">{words}</span>
            <span>{name(&check.name, t)}</span>
        </li>
    }
}

/// `-19.50 dBm · Bajada 98.7 Mbit/s · Subida 49 Mbit/s`
fn reading(reading: Reading, t: Words) -> String {
    let dbm = reading.dbm.map(|dbm| format!("{dbm} dBm"));
    let speed = |words: &str, speed: Option<rust_decimal::Decimal>| {
        speed.map(|speed| format!("{words} {} Mbit/s", speed.normalize()))
    };
    let parts = [dbm, speed(t.work.down(), reading.down_mbps), speed(t.work.up(), reading.up_mbps)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
