//! What was sent, and what became of it.

use domain::message::{Channel, MessageState, Purpose};
use domain::views::messages::{MessageList, MessageRow};
use leptos::prelude::*;

use super::api::list_messages;
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    parts::message::{channel_name, message_badge, message_state, purpose_name},
    surroundings::{local, may},
    ui::{
        button::LinkButton,
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, Filter, List, ListControls, ListQuery, Narrowed, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn MessagesPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let messages = Resource::new_blocking(move || query.get(), list_messages);
    let states = MessageState::ALL.iter().map(|state| (state.word().to_owned(), message_state(*state, t).to_owned()));
    let channels = Channel::ALL.iter().map(|channel| (channel.word().to_owned(), channel_name(*channel, t).to_owned()));
    let purposes = Purpose::ALL.iter().map(|purpose| (purpose.word().to_owned(), purpose_name(*purpose, t).to_owned()));
    let filters = vec![
        Filter { name: "state", label: t.messages.state().to_owned(), choices: states.collect() },
        Filter { name: "channel", label: t.messages.channel().to_owned(), choices: channels.collect() },
        Filter { name: "purpose", label: t.messages.about().to_owned(), choices: purposes.collect() },
    ];
    let settings = may("edit_messages").then(|| {
        view! { <LinkButton href="/office/messages/settings" icon=Icon::Edit>{t.messages.settings()}</LinkButton> }
    });
    view! {
        <PageHeader title=t.messages.title() summary=t.messages.hint()>{settings}</PageHeader>
        <ListControls query search=t.messages.search() filters><ListTools/></ListControls>
        <Loaded from=messages view=move |messages| view! { <Messages query messages/> }/>
    }
}

#[component]
fn Messages(query: Memo<ListQuery>, messages: MessageList) -> impl IntoView {
    let t = words();
    let href = |row: &MessageRow| format!("/office/messages/{}", row.id);
    let empty = move || view! { <EmptyState icon=Icon::Clock title=t.messages.empty() hint=t.messages.empty_hint()/> };
    let no_webhook = messages.ringing.is_empty().then(|| view! { <p class="muted">{t.messages.no_webhook()}</p> });
    let customer = messages.page.rows.iter().find_map(|row| row.customer.clone()).map(|customer| customer.name);
    let of_customer = t.messages.of_customer(customer.unwrap_or_default());
    view! {
        {no_webhook}
        <Narrowed query=query.get_untracked() name="customer" words=of_customer/>
        <List query page=messages.page columns=columns(t) label=t.messages.title() href empty/>
    }
}

fn columns(t: Words) -> Vec<Column<MessageRow>> {
    let whom =
        |row: &MessageRow| row.customer.as_ref().map_or_else(|| row.to.clone(), |customer| customer.name.clone());
    vec![
        Column::new(t.messages.whom(), whom),
        Column::new(t.messages.about(), move |row: &MessageRow| purpose_name(row.purpose, t)),
        Column::new(t.messages.channel(), move |row: &MessageRow| channel_name(row.channel, t)),
        Column::new(t.messages.state(), move |row: &MessageRow| message_badge(row.state, t)),
        Column::new(t.messages.to(), |row: &MessageRow| row.to.clone()).secondary(),
        Column::new(t.messages.answer(), |row: &MessageRow| row.answer.clone()).secondary(),
        Column::new(t.messages.written(), move |row: &MessageRow| format::date_time(local(row.at), t)),
    ]
}
