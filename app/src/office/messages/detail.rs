//! One message: to whom, in which words, and what was answered.

use domain::ids::MessageId;
use domain::views::messages::MessageDetail;
use leptos::prelude::*;

use super::api::show_message;
use crate::{
    i18n::words,
    parts::message::{channel_name, message_badge, purpose_name},
    surroundings::{local, may},
    ui::{
        card::{Card, Fact, Facts},
        format,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn MessagePage() -> impl IntoView {
    let id = use_id::<MessageId>();
    let message = Resource::new_blocking(move || id.get(), |id| async move { show_message(id?).await });
    view! { <Loaded from=message view=|message| view! { <Message message/> }/> }
}

#[component]
fn Message(message: MessageDetail) -> impl IntoView {
    let t = words();
    let places = vec![(t.messages.title().to_owned(), "/office/messages".to_owned())];
    let MessageDetail { row, not_before, text, job } = message;
    let at = move |at| format::date_time(local(at), t);
    let customer = row.customer.map(|customer| {
        let href = format!("/office/customers/{}", customer.id);
        view! { <Fact label=t.messages.whom()><a href=href>{customer.name}</a></Fact> }
    });
    let job = job.filter(|_| may("see_jobs")).map(|job| {
        view! { <Fact label=t.messages.job()><a href=format!("/office/jobs/{job}")>{job.to_string()}</a></Fact> }
    });
    let subject = (!row.subject.is_empty()).then(|| {
        view! { <p><strong>{row.subject.clone()}</strong></p> }
    });
    let shown = match text {
        Some(text) => view! { {subject}<p class="message-text">{text}</p> }.into_any(),
        None => view! { {subject}<p class="muted">{t.messages.not_shown()}</p> }.into_any(),
    };
    view! {
        <PageHeader title=purpose_name(row.purpose, t) places state=message_badge(row.state, t)/>
        <Card>
            <Facts>
                {customer}
                <Fact label=t.messages.channel()>{channel_name(row.channel, t)}</Fact>
                <Fact label=t.messages.to()>{row.to}</Fact>
                <Fact label=t.messages.written()>{at(row.at)}</Fact>
                {not_before.map(|moment| view! { <Fact label=t.messages.not_before()>{at(moment)}</Fact> })}
                {row.sent_at.map(|moment| view! { <Fact label=t.messages.sent()>{at(moment)}</Fact> })}
                {(!row.answer.is_empty()).then(|| view! { <Fact label=t.messages.answer()>{row.answer}</Fact> })}
                {job}
            </Facts>
        </Card>
        <Card title=t.messages.text()>{shown}</Card>
    }
}
