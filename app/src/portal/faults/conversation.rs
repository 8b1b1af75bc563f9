//! One fault: what was said, what to do next, and the rating at the end.

use domain::ids::TicketId;
use domain::ticket::TicketState;
use domain::views::tickets::MyTicket;
use leptos::prelude::*;

use super::api::{AnswerFault, RateFault, ReopenFault, my_fault};
use crate::{
    i18n::{Words, words},
    parts::{
        Reader,
        ticket::{Conversation, RatingShown, name, stars_of, state_badge},
    },
    surroundings::local,
    ui::{
        button::Variant,
        card::Card,
        form::{Field, FileInput, Form, FormState, Select, Submit, Textarea, UploadForm, use_form},
        format,
        icon::Icon,
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        param::use_id,
        tone::Tone,
    },
};

#[component]
pub fn FaultPage() -> impl IntoView {
    let id = use_id::<TicketId>();
    let (answer, reopen) = (use_form::<AnswerFault>(), use_form::<ReopenFault>());
    let rate = use_form::<RateFault>();
    let done = rate.done();
    let fault = Resource::new_blocking(move || (id.get(), done.get()), |(id, _)| async move { my_fault(id?).await });
    view! { <Loaded from=fault view=move |fault| view! { <Fault fault answer reopen rate/> }/> }
}

#[component]
fn Fault(
    fault: MyTicket,
    answer: FormState<AnswerFault>,
    reopen: FormState<ReopenFault>,
    rate: FormState<RateFault>,
) -> impl IntoView {
    let t = words();
    let places = vec![(t.faults.title().to_owned(), "/portal/faults".to_owned())];
    let reported = format::date_time(local(fault.opened_at), t);
    let summary = t.faults.summary(fault.id.code(), name(&fault.category, t), reported);
    let (id, state) = (fault.id, fault.state);
    let over = matches!(state, TicketState::Resolved | TicketState::Closed);
    let outage = fault.outage.clone().filter(|_| !over).map(|place| {
        view! {
            <Notice tone=Tone::Warn icon=Icon::Alert title=t.faults.part_of(place)>
                <p>{t.faults.part_of_hint()}</p>
            </Notice>
        }
    });
    let rating = match (over, fault.rating.clone()) {
        (true, Some(rating)) => view! { <Card title=t.faults.your_rating()><RatingShown rating/></Card> }.into_any(),
        (true, None) => view! { <Card title=t.faults.rate()><Rate id form=rate/></Card> }.into_any(),
        (false, _) => ().into_any(),
    };
    let next = match state {
        TicketState::Resolved => view! { <Card title=t.faults.still()><Reopen id form=reopen/></Card> }.into_any(),
        TicketState::Closed => view! { <p class="muted">{t.faults.closed_hint()}</p> }.into_any(),
        _ => view! { <Card title=t.tickets.answer()><Answer id form=answer/></Card> }.into_any(),
    };
    view! {
        <PageHeader title=fault.subject.clone() summary places state=state_badge(state, Reader::Customer, t)/>
        {outage}
        {rating}
        <Card title=t.tickets.conversation()><Conversation entries=fault.entries reader=Reader::Customer/></Card>
        {next}
    }
}

#[component]
fn Answer(id: TicketId, form: FormState<AnswerFault>) -> impl IntoView {
    let t = words();
    view! {
        <UploadForm state=form>
            <input type="hidden" name="ticket" value=id.to_string()/>
            <Textarea name="message[body]" label=t.faults.write() most=4000/>
            <FileInput name="message[files]" label=t.faults.photo() hint=t.faults.photo_hint() several=true/>
            <div class="form-actions">
                <Submit variant=Variant::Primary icon=Icon::Check>{t.faults.send()}</Submit>
            </div>
        </UploadForm>
    }
}

#[component]
fn Reopen(id: TicketId, form: FormState<ReopenFault>) -> impl IntoView {
    let t = words();
    view! {
        <UploadForm state=form>
            <input type="hidden" name="ticket" value=id.to_string()/>
            <Textarea name="message[body]" label=t.faults.tell() most=4000/>
            <FileInput name="message[files]" label=t.faults.photo() hint=t.faults.photo_hint() several=true/>
            <div class="form-actions"><Submit icon=Icon::Alert>{t.faults.reopen()}</Submit></div>
        </UploadForm>
    }
}

#[component]
fn Rate(id: TicketId, form: FormState<RateFault>) -> impl IntoView {
    let t = words();
    view! {
        <Form state=form>
            <input type="hidden" name="ticket" value=id.to_string()/>
            <Select name="rating[stars]" label=t.faults.how_was_it() choices=stars(t)/>
            <Field name="rating[comment]" label=t.faults.comment() most=500 optional=true/>
            <div class="form-actions"><Submit variant=Variant::Primary>{t.faults.rate()}</Submit></div>
        </Form>
    }
}

/// The best first.
fn stars(t: Words) -> Vec<(String, String)> {
    let words = |stars: i32| match stars {
        5 => t.faults.stars_5(),
        4 => t.faults.stars_4(),
        3 => t.faults.stars_3(),
        2 => t.faults.stars_2(),
        _ => t.faults.stars_1(),
    };
    (1..=5).rev().map(|count| (count.to_string(), format!("{} {}", stars_of(count), words(count)))).collect()
}
