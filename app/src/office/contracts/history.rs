//! What happened to a contract, all of it or of one topic.

use domain::ids::ContractId;
use domain::views::timeline::{TimelineEntry, Topic};
use leptos::prelude::*;

use super::api::show_contract_story;
use crate::{
    failure::AppError,
    i18n::{Words, words},
    parts::{Reader, story::moments},
    ui::{
        card::Card,
        list::{Filter, FilterChips, use_list_query},
        loaded::Loaded,
        timeline::Timeline,
    },
};

/// The name of the topic in the address.
const TOPIC: &str = "story";

/// The story, and the topics that it can be narrowed to. `entries` are the newest of all.
#[component]
pub(super) fn History(contract: ContractId, entries: Vec<TimelineEntry>) -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let topic = Memo::new(move |_| query.read().filter_as::<Topic>(TOPIC));
    let narrowed = Resource::new_blocking(
        move || topic.get(),
        move |topic| async move {
            let Some(topic) = topic else { return Ok::<_, AppError>(None) };
            Ok(Some(show_contract_story(contract, topic).await?))
        },
    );
    let topics = Topic::ALL.iter().map(|topic| (topic.word().to_owned(), topic_name(*topic, t).to_owned()));
    let filters = vec![Filter { name: TOPIC, label: t.contracts.story_of().to_owned(), choices: topics.collect() }];
    let shown = move |narrowed: Option<Vec<TimelineEntry>>| {
        let entries = narrowed.as_ref().unwrap_or(&entries);
        if entries.is_empty() {
            return view! { <p class="muted">{t.contracts.story_empty()}</p> }.into_any();
        }
        view! { <Timeline moments=moments(entries, Reader::Staff, t)/> }.into_any()
    };
    view! {
        <Card title=t.contracts.history()>
            <FilterChips query filters/>
            <Loaded from=narrowed view=shown/>
        </Card>
    }
}

fn topic_name(topic: Topic, t: Words) -> &'static str {
    match topic {
        Topic::Money => t.contracts.story_money(),
        Topic::Tickets => t.contracts.story_tickets(),
        Topic::Stock => t.contracts.story_stock(),
        Topic::Network => t.contracts.story_network(),
        Topic::People => t.contracts.story_people(),
    }
}
