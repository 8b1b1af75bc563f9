//! Tickets, for staff and customers: their states, and the conversation.

use domain::{
    contact::Language,
    ticket::{Priority, SlaClock, Standing, TicketAction, TicketEvent, TicketState},
    views::tickets::{FileLink, Name, Rating, TicketEntry},
};
use leptos::prelude::*;

use super::Reader;
use crate::{
    i18n::{Words, words},
    surroundings::local,
    ui::{badge::Badge, format, icon::Icon, tone::Tone},
};

/// A name of a list that the provider keeps, in the reader's language.
#[must_use]
pub fn name(name: &Name, t: Words) -> String {
    name.of(Language::from(t.locale)).to_owned()
}

#[must_use]
pub fn state_word(state: TicketState, t: Words) -> &'static str {
    match state {
        TicketState::New => t.tickets.state_new(),
        TicketState::InProgress => t.tickets.state_in_progress(),
        TicketState::Waiting => t.tickets.state_waiting(),
        TicketState::Resolved => t.tickets.state_resolved(),
        TicketState::Closed => t.tickets.state_closed(),
    }
}

/// What customers read: waiting is for them.
#[must_use]
pub fn own_state_word(state: TicketState, t: Words) -> &'static str {
    match state {
        TicketState::New => t.tickets.own_new(),
        TicketState::InProgress => t.tickets.own_in_progress(),
        TicketState::Waiting => t.tickets.own_waiting(),
        TicketState::Resolved => t.tickets.own_resolved(),
        TicketState::Closed => t.tickets.state_closed(),
    }
}

#[must_use]
pub fn state_badge(state: TicketState, reader: Reader, t: Words) -> AnyView {
    let (tone, icon) = match state {
        TicketState::New => (Tone::Accent, Icon::Info),
        TicketState::InProgress => (Tone::Accent, Icon::Play),
        TicketState::Waiting => (Tone::Warn, Icon::Pause),
        TicketState::Resolved => (Tone::Ok, Icon::Check),
        TicketState::Closed => (Tone::Neutral, Icon::Check),
    };
    let label = match reader {
        Reader::Staff => state_word(state, t),
        Reader::Customer => own_state_word(state, t),
    };
    view! { <Badge tone icon label/> }.into_any()
}

#[must_use]
pub fn priority_word(priority: Priority, t: Words) -> &'static str {
    match priority {
        Priority::Low => t.tickets.priority_low(),
        Priority::Normal => t.tickets.priority_normal(),
        Priority::High => t.tickets.priority_high(),
        Priority::Urgent => t.tickets.priority_urgent(),
    }
}

#[must_use]
pub fn clock_word(clock: SlaClock, t: Words) -> &'static str {
    match clock {
        SlaClock::Always => t.tickets.clock_always(),
        SlaClock::Business => t.tickets.clock_business(),
    }
}

#[must_use]
pub fn standing_word(standing: Standing, t: Words) -> &'static str {
    match standing {
        Standing::OnTime => t.tickets.on_time(),
        Standing::Soon => t.tickets.soon(),
        Standing::Breached => t.tickets.breached(),
    }
}

#[must_use]
pub fn standing_badge(standing: Option<Standing>, t: Words) -> Option<AnyView> {
    let standing = standing?;
    let (tone, icon) = match standing {
        Standing::OnTime => (Tone::Neutral, Icon::Clock),
        Standing::Soon => (Tone::Warn, Icon::Clock),
        Standing::Breached => (Tone::Danger, Icon::Alert),
    };
    Some(view! { <Badge tone icon label=standing_word(standing, t)/> }.into_any())
}

/// What staff may do with a message, as choices of a form.
#[must_use]
pub fn actions(state: TicketState, t: Words) -> Vec<(String, String)> {
    let actions = [
        (TicketAction::Take, t.tickets.action_take()),
        (TicketAction::Ask, t.tickets.action_ask()),
        (TicketAction::Resolve, t.tickets.action_resolve()),
        (TicketAction::Reopen, t.tickets.action_reopen()),
    ];
    let changes = |action: TicketAction| state.after(action).is_ok_and(|to| to != state);
    let may = actions.into_iter().filter(|(action, _)| changes(*action));
    may.map(|(action, words)| (action.word().to_owned(), words.to_owned())).collect()
}

/// What was written and what happened, oldest first: read like a chat.
#[component]
pub fn Conversation(entries: Vec<TicketEntry>, reader: Reader) -> impl IntoView {
    let t = words();
    let entries = entries.into_iter().map(|entry| match entry.event.clone() {
        Some(event) => happened(&entry, &event, reader, t),
        None => said(entry, reader, t),
    });
    view! { <ol class="chat">{entries.collect_view()}</ol> }
}

fn happened(entry: &TicketEntry, event: &TicketEvent, reader: Reader, t: Words) -> AnyView {
    let who = if reader == Reader::Staff { author(entry, reader, t) } else { String::new() };
    view! {
        <li class="chat-event">
            <span>{event_words(event, reader, t)}</span>
            <time datetime=entry.at.to_rfc3339()>{format::date_time(local(entry.at), t)}</time>
            {(!who.is_empty()).then(|| view! { <span>{who}</span> })}
        </li>
    }
    .into_any()
}

fn said(entry: TicketEntry, reader: Reader, t: Words) -> AnyView {
    let from = match (entry.internal, entry.from_customer) {
        (true, _) => "internal",
        (false, true) => "customer",
        (false, false) => "staff",
    };
    let who = author(&entry, reader, t);
    let note = entry.internal.then(|| view! { <Badge tone=Tone::Warn icon=Icon::Info label=t.tickets.internal()/> });
    view! {
        <li class="chat-message" data-from=from>
            <p class="chat-head">
                <strong>{who}</strong>
                <time datetime=entry.at.to_rfc3339()>{format::date_time(local(entry.at), t)}</time>
                {note}
            </p>
            {(!entry.body.is_empty()).then(|| view! { <p class="chat-body">{entry.body}</p> })}
            {(!entry.files.is_empty()).then(|| view! { <Files files=entry.files/> })}
        </li>
    }
    .into_any()
}

fn author(entry: &TicketEntry, reader: Reader, t: Words) -> String {
    match (entry.from_customer, reader) {
        (true, Reader::Customer) => t.tickets.you().to_owned(),
        (false, Reader::Customer) => t.tickets.us().to_owned(),
        _ if entry.author.is_empty() => t.parts.automatic().to_owned(),
        _ => entry.author.clone(),
    }
}

/// Photos are shown small and open large; the rest is kept.
#[component]
pub fn Files(files: Vec<FileLink>) -> impl IntoView {
    let files = files.into_iter().map(|file| {
        let href = file.href();
        let shown = match file.kind.is_image() {
            true => view! { <img src=href.clone() alt=file.name.clone() loading="lazy"/> }.into_any(),
            false => view! { {Icon::Download.view()}<span>{file.name.clone()}</span> }.into_any(),
        };
        view! { <li><a class="file" href=href target="_blank" rel="external">{shown}</a></li> }
    });
    view! { <ul class="files">{files.collect_view()}</ul> }
}

fn event_words(event: &TicketEvent, reader: Reader, t: Words) -> String {
    let state = |state: TicketState| match reader {
        Reader::Staff => state_word(state, t),
        Reader::Customer => own_state_word(state, t),
    };
    match event {
        TicketEvent::Moved { to, .. } => t.tickets.moved(state(*to)),
        TicketEvent::Assigned { to: Some(name) } => t.tickets.assigned(name),
        TicketEvent::Assigned { to: None } => t.tickets.unassigned_now().to_owned(),
        TicketEvent::Prioritised { to, .. } => t.tickets.prioritised(priority_word(*to, t)),
        TicketEvent::Categorised { to: (es, en) } => {
            t.tickets.categorised(name(&Name { es: es.clone(), en: en.clone() }, t))
        }
        TicketEvent::Merged { place: Some(place) } => t.tickets.merged(place),
        TicketEvent::Merged { place: None } => t.tickets.unmerged().to_owned(),
        TicketEvent::Rated { stars } => t.tickets.rated(stars_of(*stars)),
    }
}

/// `★★★★☆`
#[must_use]
pub fn stars_of(stars: i32) -> String {
    (1..=5).map(|star| if star <= stars { '★' } else { '☆' }).collect()
}

#[component]
pub fn RatingShown(rating: Rating) -> impl IntoView {
    let t = words();
    let label = t.tickets.stars(i64::from(rating.stars));
    view! {
        <p><span class="stars" role="img" aria-label=label>{stars_of(rating.stars)}</span></p>
        {(!rating.comment.is_empty()).then(|| view! { <p>{rating.comment}</p> })}
    }
}
