//! One ticket: what it is and what is due, the conversation, and the forms of those who work on it.

use domain::ticket::{Priority, TicketState};
use domain::views::tickets::{Category, TicketDesk, TicketDetail};
use leptos::prelude::*;

use super::api::{AnswerTicket, TriageTicket, show_ticket};
use crate::{
    i18n::{Words, words},
    office::work::SendTechnician,
    parts::{
        Reader,
        ticket::{Conversation, RatingShown, actions, name, priority_word, standing_badge, state_badge},
    },
    surroundings::{local, may},
    ui::{
        button::Variant,
        card::{Card, Fact, Facts},
        form::{Checkbox, FileInput, Form, FormState, Select, Submit, Textarea, UploadForm, choices_of, use_form},
        format,
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn TicketPage() -> impl IntoView {
    let id = use_id();
    let (answer, triage) = (use_form::<AnswerTicket>(), use_form::<TriageTicket>());
    let done = triage.done();
    let desk = Resource::new_blocking(move || (id.get(), done.get()), |(id, _)| async move { show_ticket(id?).await });
    view! { <Loaded from=desk view=move |desk| view! { <Desk desk answer triage/> }/> }
}

#[component]
fn Desk(desk: TicketDesk, answer: FormState<AnswerTicket>, triage: FormState<TriageTicket>) -> impl IntoView {
    let t = words();
    let ticket = desk.ticket.clone();
    let (row, entries, sending) = (ticket.row.clone(), ticket.entries.clone(), ticket.row.clone());
    let places = vec![(t.tickets.title().to_owned(), "/office/tickets".to_owned())];
    let state = view! { {state_badge(row.state, Reader::Staff, t)}{standing_badge(row.standing, t)} }.into_any();
    let forms = may("answer_tickets").then(|| {
        let ticket = ticket.clone();
        view! { <Answer ticket form=answer/> }
    });
    let triage =
        may("answer_tickets").then(|| view! { <Card title=t.tickets.triage()><Triage desk form=triage/></Card> });
    view! {
        <PageHeader title=format!("{} · {}", row.id.code(), row.subject) summary=story(&ticket, t) places state/>
        <div class="columns" data-wide="true">
            <div class="stack">
                <Card title=t.tickets.conversation()>
                    <Conversation entries reader=Reader::Staff/>
                </Card>
                {forms}
            </div>
            <div class="stack">
                <Card title=t.tickets.about()><About ticket/></Card>
                {triage}
                <SendTechnician ticket=sending/>
            </div>
        </div>
    }
}

/// What is due, or why nothing is.
fn story(ticket: &TicketDetail, t: Words) -> String {
    let at = |moment| format::date_time(local(moment), t);
    match ticket.row.state {
        TicketState::Waiting => t.tickets.story_waiting().to_owned(),
        TicketState::Resolved => t.tickets.story_is_resolved(ticket.resolved_at.map(at).unwrap_or_default()),
        TicketState::Closed => t.tickets.story_closed(ticket.closed_at.map(at).unwrap_or_default()),
        TicketState::New | TicketState::InProgress => {
            let resolve = at(ticket.deadlines.resolution.due_at);
            match ticket.responded_at {
                None => t.tickets.story_respond(at(ticket.deadlines.response.due_at), resolve),
                Some(_) => t.tickets.story_resolve(resolve),
            }
        }
    }
}

#[component]
fn About(ticket: TicketDetail) -> impl IntoView {
    let t = words();
    let row = ticket.row;
    let at = |moment| format::date_time(local(moment), t);
    let opened = match (ticket.by_customer, ticket.opened_by) {
        (true, _) => t.tickets.by_customer(at(row.opened_at)),
        (false, Some(name)) => t.tickets.by_staff(at(row.opened_at), name),
        (false, None) => at(row.opened_at),
    };
    let contract = row.contract.map(|contract| {
        let href = format!("/office/contracts/{}", contract.id);
        view! { <Fact label=t.tickets.contract()><a href=href>{contract.name}</a></Fact> }
    });
    let outage = row.outage.map(|outage| {
        let href = format!("/office/outages/{}", outage.id);
        view! { <Fact label=t.tickets.outage()><a href=href>{outage.name}</a></Fact> }
    });
    let router = ticket.router.map(|router| match may("see_routers") {
        true => view! {
            <Fact label=t.tickets.router()><a href=format!("/office/routers/{}", router.id)>{router.name}</a></Fact>
        }
        .into_any(),
        false => view! { <Fact label=t.tickets.router()>{router.name}</Fact> }.into_any(),
    });
    let late = |done: Option<chrono::DateTime<chrono::Utc>>, due| match done {
        Some(done) if done > due => t.tickets.done_late(at(done), at(due)),
        Some(done) => t.tickets.done_in_time(at(done)),
        None => t.tickets.due_by(at(due)),
    };
    let response = late(ticket.responded_at, ticket.deadlines.response.due_at);
    let resolution = late(ticket.resolved_at, ticket.deadlines.resolution.due_at);
    let customer = format!("/office/customers/{}", row.customer.id);
    view! {
        <Facts>
            <Fact label=t.tickets.customer()><a href=customer>{row.customer.name}</a></Fact>
            {contract}
            {row.sector.map(|sector| view! { <Fact label=t.tickets.sector()>{sector}</Fact> })}
            {router}
            {outage}
            <Fact label=t.tickets.category()>{name(&row.category, t)}</Fact>
            <Fact label=t.tickets.priority()>{priority_word(row.priority, t)}</Fact>
            <Fact label=t.tickets.opened()>{opened}</Fact>
            <Fact label=t.tickets.response()>{response}</Fact>
            <Fact label=t.tickets.resolution()>{resolution}</Fact>
            {ticket.rating.map(|rating| view! { <Fact label=t.tickets.rating()><RatingShown rating/></Fact> })}
        </Facts>
    }
}

#[component]
fn Answer(ticket: TicketDetail, form: FormState<AnswerTicket>) -> impl IntoView {
    let t = words();
    let choices = actions(ticket.row.state, t);
    view! {
        <Card title=t.tickets.answer()>
            <UploadForm state=form>
                <input type="hidden" name="ticket" value=ticket.row.id.to_string()/>
                <Textarea name="message[body]" label=t.tickets.message() hint=t.tickets.message_hint() most=4000/>
                <Checkbox name="message[internal]" label=t.tickets.internal() hint=t.tickets.internal_hint()/>
                <Select name="message[action]" label=t.tickets.then() choices optional=true hint=t.tickets.then_hint()/>
                <FileInput name="message[files]" label=t.tickets.photos() hint=t.tickets.photos_hint() several=true/>
                <div class="form-actions">
                    <Submit variant=Variant::Primary icon=Icon::Check>{t.tickets.send()}</Submit>
                </div>
            </UploadForm>
        </Card>
    }
}

#[component]
fn Triage(desk: TicketDesk, form: FormState<TriageTicket>) -> impl IntoView {
    let t = words();
    let TicketDesk { ticket, staff, categories, outages, .. } = desk;
    let priorities: Vec<_> =
        Priority::ALL.iter().map(|word| (word.word().to_owned(), priority_word(*word, t).to_owned())).collect();
    let own = ticket.category_id;
    let offered = categories.into_iter().filter(|category| !category.archived || category.id == own);
    let categories: Vec<_> =
        offered.map(|Category { id, name: words, .. }| (id.to_string(), name(&words, t))).collect();
    let assignee = ticket.assignee_id.map(|id| id.to_string()).unwrap_or_default();
    let outage = ticket.row.outage.map(|outage| outage.id.to_string()).unwrap_or_default();
    view! {
        <Form state=form>
            <input type="hidden" name="ticket" value=ticket.row.id.to_string()/>
            <Select name="triage[assignee]" label=t.tickets.assignee() choices=choices_of(staff) value=assignee optional=true/>
            <Select name="triage[priority]" label=t.tickets.priority() choices=priorities
                    value=ticket.row.priority.word() hint=t.tickets.priority_hint()/>
            <Select name="triage[category]" label=t.tickets.category() choices=categories value=own.to_string()/>
            {(!outages.is_empty()).then(|| view! {
                <Select name="triage[outage]" label=t.tickets.outage() choices=choices_of(outages) value=outage optional=true
                        hint=t.tickets.outage_hint()/>
            })}
            <div class="form-actions"><Submit>{t.common.save()}</Submit></div>
        </Form>
    }
}
