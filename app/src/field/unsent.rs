//! What is not sent yet, where everybody sees it; and, when the office changed an order meanwhile, both sides of it.

use domain::ids::WorkOrderId;
use domain::views::work::FieldOrder;
use domain::views::work_forms::ReportForm;
use domain::work_order::{WorkAction, WorkState};
use leptos::{prelude::*, task::spawn_local};

use super::{
    api::show_field_order,
    outbox::{Entry, Outbox},
    report::field_label,
};
use crate::{
    failure::AppError,
    i18n::{Words, words},
    parts::work::{part_word, reason_word, state_word},
    surroundings::local,
    ui::{
        card::{Card, Fact, Facts},
        format,
        icon::Icon,
        notice::Notice,
        tone::Tone,
    },
};

/// Above every page of the area.
#[component]
pub(super) fn UnsentBar() -> impl IntoView {
    let t = words();
    let outbox = Outbox::here();
    let send = move |_| spawn_local(outbox.again());
    let shown = move || {
        let entries = outbox.entries();
        let count = i64::try_from(entries.len()).unwrap_or_default();
        let rows: Vec<_> = entries.into_iter().map(|entry| waiting(entry, t)).collect();
        let label = move || if outbox.is_sending() { t.work.sending() } else { t.work.send_now() };
        (count > 0).then(|| {
            view! {
                <Notice tone=Tone::Warn icon=Icon::Clock title=t.work.unsent(count)>
                    <p>{t.work.unsent_hint()}</p>
                    <ul>{rows}</ul>
                    <button type="button" class="button" data-variant="secondary" on:click=send>{label}</button>
                </Notice>
            }
        })
    };
    view! { <div role="status" class="unsent">{shown}</div> }
}

fn waiting(entry: Entry, t: Words) -> impl IntoView + use<> {
    let state = match &entry.refused {
        None => t.work.waits().to_owned(),
        Some(_) if entry.is_conflict() => t.work.conflict().to_owned(),
        Some(error) => error.sentence(t),
    };
    view! { <li><a href=format!("/field/orders/{}", entry.order) rel="external">{entry.label}</a>" · "{state}</li> }
}

/// On the order's own page: why it was not taken, and what to do.
#[component]
pub(super) fn UnsentHere(order: WorkOrderId) -> impl IntoView {
    let outbox = Outbox::here();
    // Read once the entry is refused; the server has nothing to show here.
    let refused = Memo::new(move |_| outbox.entry(order).filter(|entry| entry.refused.is_some()));
    let both = RwSignal::new(None::<(ReportForm, Option<FieldOrder>)>);
    Effect::new(move |_| {
        if refused.get().is_none() {
            both.set(None);
            return;
        }
        spawn_local(async move {
            let now = show_field_order(order).await.ok();
            both.set(outbox.form(order).await.map(|form| (form, now)));
        });
    });
    move || {
        let entry = refused.get()?;
        let (form, now) = both.get()?;
        Some(match now.filter(|_| entry.is_conflict()) {
            Some(now) => view! { <Conflict form now/> }.into_any(),
            None => view! { <NotTaken entry/> }.into_any(),
        })
    }
}

/// A mistake, or something that must be there first.
#[component]
fn NotTaken(entry: Entry) -> impl IntoView {
    let t = words();
    let error = entry.refused.unwrap_or(AppError::NotDelivered);
    let fields: Vec<_> = error
        .fields()
        .into_iter()
        .map(|(field, sentence)| view! { <li>{format!("{}: {sentence}", field_label(&field, t))}</li> })
        .collect();
    let hint = if error.is_anothers() { t.work.anothers_hint() } else { t.work.refused_hint() };
    view! {
        <div role="alert">
            <Notice tone=Tone::Danger icon=Icon::Alert title=t.work.refused()>
                <p>{error.sentence(t)}</p>
                <ul>{fields}</ul>
                <p>{hint}</p>
                <Decisions order=entry.order version=None/>
            </Notice>
        </div>
    }
}

/// The technician sees both, and decides.
#[component]
fn Conflict(form: ReportForm, now: FieldOrder) -> impl IntoView {
    let t = words();
    let (order, state) = (now.order.row.id, now.order.row.state);
    let version = state.allows(WorkAction::Finish).then_some(now.order.row.version);
    let cannot = version.is_none().then(|| view! { <p>{t.work.cannot_send()}</p> });
    view! {
        <div role="alert">
            <Notice tone=Tone::Danger icon=Icon::Alert title=t.work.conflict()><p>{t.work.conflict_hint()}</p></Notice>
        </div>
        <div class="columns">
            <Card title=t.work.yours()><Yours form/></Card>
            <Card title=t.work.theirs()><Theirs now/></Card>
        </div>
        {cannot}
        <Decisions order version/>
    }
}

#[component]
fn Yours(form: ReportForm) -> impl IntoView {
    let t = words();
    let outcome = if form.outcome == "done" { t.work.outcome_done() } else { t.work.outcome_failed() };
    let reason = form.reason.parse().map(|reason| reason_word(reason, t).to_owned()).unwrap_or_default();
    let facts = [
        (t.work.state(), outcome.to_owned()),
        (t.work.reason(), reason),
        (t.work.did(), form.note),
        (t.work.serial(), form.serial),
        (t.work.position(), form.position),
        (t.work.dbm(), form.dbm),
        (t.work.signed_by(), form.signed_by),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let facts: Vec<_> = facts.map(|(label, value)| view! { <Fact label>{value}</Fact> }).collect();
    view! { <Facts>{facts}</Facts> }
}

#[component]
fn Theirs(now: FieldOrder) -> impl IntoView {
    let t = words();
    let (order, row) = (now.order.clone(), now.order.row);
    let who = order.changed_by.unwrap_or_else(|| t.work.by_the_system().to_owned());
    let changed = t.work.changed_by_at(who, format::date_time(local(order.changed_at), t));
    let day = row.on.map(|on| format!("{}, {}", format::date(on, t), part_word(row.part, t)));
    let why = (row.state == WorkState::Cancelled).then(|| match row.reason.as_str() {
        "" => t.work.not_needed().to_owned(),
        reason => reason.to_owned(),
    });
    view! {
        <p>{changed}</p>
        <Facts>
            <Fact label=t.work.state()>{state_word(row.state, t)}</Fact>
            {why.map(|why| view! { <Fact label=t.work.cancel_why()>{why}</Fact> })}
            {row.technician.map(|technician| view! { <Fact label=t.work.technician()>{technician.name}</Fact> })}
            {day.map(|day| view! { <Fact label=t.work.day()>{day}</Fact> })}
            {(!row.note.is_empty()).then(|| view! { <Fact label=t.work.note()>{row.note}</Fact> })}
        </Facts>
    }
}

/// With a version, it can be sent for the order as it is now.
#[component]
fn Decisions(order: WorkOrderId, version: Option<i32>) -> impl IntoView {
    let t = words();
    let outbox = Outbox::here();
    let send = version.map(|version| {
        let send = move |_| spawn_local(outbox.send_anyway(order, version));
        view! {
            <button type="button" class="button" data-variant="primary" on:click=send>
                {Icon::Check.view()}<span>{t.work.send_anyway()}</span>
            </button>
        }
    });
    let again = move |_| spawn_local(outbox.again());
    let discard = move |_| spawn_local(outbox.discard(order));
    view! {
        <div class="form-actions">
            {send}
            <button type="button" class="button" data-variant="secondary" on:click=again>
                {Icon::Search.view()}<span>{t.work.look_again()}</span>
            </button>
            <button type="button" class="button" data-variant="danger" on:click=discard>
                {Icon::Close.view()}<span>{t.work.discard_mine()}</span>
            </button>
        </div>
    }
}
