//! One order: what is to be done, who goes when, and what came of each visit.

use domain::views::work::{WorkDesk, WorkDetail, WorkRow};
use domain::work_order::{WorkAction, WorkState};
use leptos::prelude::*;

use super::{
    BOARD,
    api::{CancelWork, ScheduleWork, UnscheduleWork, show_work},
    parts, title_of,
    visit::Visits,
};
use crate::{
    i18n::{Words, words},
    parts::{
        place::{MapLink, street_and_city},
        work::{part_word, reason_word, state_badge},
    },
    surroundings::{local, may},
    ui::{
        button::{LinkButton, Variant},
        card::{Card, Fact, Facts},
        dialog::Confirm,
        form::{Field, Form, FormState, Kind, Select, Submit, Textarea, choices_of, use_form},
        format,
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[derive(Clone, Copy)]
struct Forms {
    schedule: FormState<ScheduleWork>,
    unschedule: FormState<UnscheduleWork>,
    cancel: FormState<CancelWork>,
}

#[component]
pub fn WorkPage() -> impl IntoView {
    let id = use_id();
    let forms = Forms { schedule: use_form(), unschedule: use_form(), cancel: use_form() };
    let (scheduled, unscheduled, cancelled) = (forms.schedule.done(), forms.unschedule.done(), forms.cancel.done());
    let desk = Resource::new_blocking(
        move || (id.get(), scheduled.get(), unscheduled.get(), cancelled.get()),
        |(id, ..)| async move { show_work(id?).await },
    );
    view! { <Loaded from=desk view=move |desk| view! { <Order desk forms/> }/> }
}

#[component]
fn Order(desk: WorkDesk, forms: Forms) -> impl IntoView {
    let t = words();
    let order = desk.order.clone();
    let row = order.row.clone();
    let places = vec![(t.work.title().to_owned(), BOARD.to_owned())];
    let (title, state, summary) = (title_of(&row, t), state_badge(row.state, t), story(&order, t));
    let schedulable = may("edit_work") && row.state.allows(WorkAction::Schedule);
    let field = (may("do_work") && row.state.allows(WorkAction::Finish)).then(|| {
        view! { <LinkButton href=format!("/field/orders/{}", row.id) icon=Icon::Phone>{t.work.open_order()}</LinkButton> }
    });
    let (visits, changing) = (order.visits.clone(), row.clone());
    view! {
        <PageHeader title state summary places>
            {field}
            <Changes row=changing forms/>
        </PageHeader>
        <div class="columns">
            <Card title=t.work.field_order()><About order/></Card>
            {schedulable.then(|| view! { <Schedule desk form=forms.schedule/> })}
        </div>
        <Visits visits/>
    }
}

/// Where it stands, and why.
fn story(order: &WorkDetail, t: Words) -> String {
    let row = &order.row;
    let who = row.technician.as_ref().map(|technician| technician.name.clone()).unwrap_or_default();
    let ended = order.ended_at.map(|at| format::date_time(local(at), t)).unwrap_or_default();
    match row.state {
        WorkState::Planned => t.work.story_planned().to_owned(),
        WorkState::Assigned => {
            let day = row.on.map(|on| format::date(on, t)).unwrap_or_default();
            t.work.story_assigned(who, day, part_word(row.part, t).to_lowercase())
        }
        WorkState::UnderWay => t.work.story_under_way(who),
        WorkState::Done => t.work.story_is_done(ended),
        WorkState::Failed => {
            let reason = order.visits.last().and_then(|visit| visit.reason);
            t.work.story_is_failed(reason.map(|reason| reason_word(reason, t).to_lowercase()).unwrap_or_default())
        }
        WorkState::Cancelled => {
            let why = if row.reason.is_empty() { t.work.not_needed().to_owned() } else { row.reason.clone() };
            t.work.story_cancelled(ended, why)
        }
    }
}

/// What takes something back asks before.
#[component]
fn Changes(row: WorkRow, forms: Forms) -> impl IntoView {
    let t = words();
    let state = row.state;
    let (id, own) = (row.id.to_string(), row.id.to_string());
    let unschedule = (may("edit_work") && state.allows(WorkAction::Unschedule)).then(|| {
        view! {
            <Confirm id="unschedule" label=t.work.unschedule() title=t.work.unschedule() icon=Icon::Clock
                     open=forms.unschedule.was_refused()>
                <p>{t.work.unschedule_what()}</p>
                <Form state=forms.unschedule>
                    <input type="hidden" name="order" value=id/>
                    <Submit>{t.work.unschedule()}</Submit>
                </Form>
            </Confirm>
        }
    });
    let cancel = (may("edit_work") && state.allows(WorkAction::Cancel)).then(|| {
        view! {
            <Confirm id="cancel" label=t.work.cancel() title=t.work.cancel_title() variant=Variant::Danger icon=Icon::Close
                     open=forms.cancel.was_refused()>
                <p>{t.work.cancel_what()}</p>
                <Form state=forms.cancel>
                    <input type="hidden" name="order" value=own/>
                    <Textarea name="why" label=t.work.cancel_why() most=500/>
                    <Submit variant=Variant::Danger>{t.work.cancel()}</Submit>
                </Form>
            </Confirm>
        }
    });
    view! { {unschedule}{cancel} }
}

#[component]
fn About(order: WorkDetail) -> impl IntoView {
    let t = words();
    let row = order.row;
    let at = |moment| format::date_time(local(moment), t);
    let created = match order.created_by {
        Some(who) => t.work.created_by(at(order.created_at), who),
        None => t.work.created_alone(at(order.created_at)),
    };
    let changed_by = order.changed_by.unwrap_or_else(|| t.work.by_the_system().to_owned());
    let changed = t.work.created_by(at(order.changed_at), changed_by);
    let ticket = row.ticket.map(|ticket| {
        view! { <Fact label=t.work.ticket()><a href=format!("/office/tickets/{ticket}")>{ticket.code()}</a></Fact> }
    });
    let customer = format!("/office/customers/{}", row.customer.id);
    let contract = format!("/office/contracts/{}", row.contract.id);
    view! {
        <Facts>
            <Fact label=t.work.customer()><a href=customer>{row.customer.name}</a></Fact>
            <Fact label=t.work.contract()><a href=contract>{row.contract.name}</a></Fact>
            {order.plan.map(|plan| view! { <Fact label=t.work.plan()>{plan}</Fact> })}
            {row.phone.map(|phone| view! {
                <Fact label=t.work.phone()><a href=format!("tel:{phone}")>{phone.clone()}</a></Fact>
            })}
            <Fact label=t.work.address()>
                <p>{street_and_city(&row.street, &row.city)}</p>
                {row.position.map(|position| view! { <MapLink position/> })}
            </Fact>
            {row.sector.map(|sector| view! { <Fact label=t.work.sector()>{sector}</Fact> })}
            {ticket}
            {(!row.note.is_empty()).then(|| view! { <Fact label=t.work.note()>{row.note}</Fact> })}
            <Fact label=t.work.created()>{created}</Fact>
            <Fact label=t.work.changed()>{changed}</Fact>
        </Facts>
    }
}

#[component]
fn Schedule(desk: WorkDesk, form: FormState<ScheduleWork>) -> impl IntoView {
    let t = words();
    let row = desk.order.row;
    let title = match row.state {
        WorkState::Cancelled => t.work.take_up_again(),
        _ if row.on.is_some() => t.work.reschedule(),
        _ => t.work.schedule(),
    };
    let technician = row.technician.map(|technician| technician.id.to_string()).unwrap_or_default();
    let on = row.on.filter(|on| *on >= desk.today).unwrap_or(desk.today);
    view! {
        <Card title>
            <Form state=form>
                <input type="hidden" name="order" value=row.id.to_string()/>
                <Select name="schedule[technician]" label=t.work.technician() choices=choices_of(desk.technicians) value=technician/>
                <Field name="schedule[on]" label=t.work.day() kind=Kind::Date value=on.to_string()/>
                <Select name="schedule[part]" label=t.work.part() choices=parts(t) value=row.part.word()/>
                <div class="form-actions">
                    <Submit variant=Variant::Primary icon=Icon::Check>{title}</Submit>
                </div>
            </Form>
        </Card>
    }
}
