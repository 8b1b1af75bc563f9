//! People of a customer's portal, as both sides see them.

use domain::portal::PortalRight;
use domain::views::portal_people::Person;
use domain::views::users::UserState;
use leptos::prelude::*;

use crate::{
    i18n::{Words, words},
    surroundings::local,
    ui::{
        badge::Badge,
        form::{Choices, Field, Kind, Select},
        format,
        icon::Icon,
        tone::Tone,
    },
};

/// What somebody may do, in a word.
#[must_use]
pub fn right_name(right: PortalRight, t: Words) -> &'static str {
    match right {
        PortalRight::Owner => t.people.owner(),
        PortalRight::Payer => t.people.payer(),
        PortalRight::Viewer => t.people.viewer(),
    }
}

fn right_what(right: PortalRight, t: Words) -> &'static str {
    match right {
        PortalRight::Owner => t.people.owner_what(),
        PortalRight::Payer => t.people.payer_what(),
        PortalRight::Viewer => t.people.viewer_what(),
    }
}

/// Each with what it means.
#[must_use]
pub fn right_choices(t: Words) -> Choices {
    let choice = |right: &PortalRight| {
        (right.word().to_owned(), format!("{}: {}", right_name(*right, t), right_what(*right, t)))
    };
    PortalRight::ALL.iter().map(choice).collect()
}

fn state_badge(state: UserState, t: Words) -> AnyView {
    let (tone, icon, label) = match state {
        UserState::Invited => (Tone::Accent, Icon::Mail, t.people.state_invited()),
        UserState::Active => (Tone::Ok, Icon::Check, t.people.state_active()),
        UserState::Disabled => (Tone::Neutral, Icon::Close, t.people.state_disabled()),
    };
    view! { <Badge tone icon label/> }.into_any()
}

/// Who it is and what they may do; the children are what can be done with them.
#[component]
pub fn PersonEntry(
    person: Person,
    /// Who looks at the page.
    #[prop(optional)]
    is_self: bool,
    children: Children,
) -> impl IntoView {
    let t = words();
    let you = is_self.then(|| format!(" ({})", t.people.you()));
    let seen = person.seen_at.map_or_else(|| t.people.never().to_owned(), |at| format::date_time(local(at), t));
    view! {
        <li class="person">
            <div>
                <p><strong>{person.name}</strong>{you}</p>
                <p>{person.email}</p>
                <p class="muted">{right_name(person.right, t)}" · "{t.people.seen()}": "{seen}</p>
            </div>
            <p>{state_badge(person.state, t)}</p>
            <div class="form-actions">{children()}</div>
        </li>
    }
}

/// The fields of somebody who is invited by mail, for a form whose argument is `person`.
#[component]
pub fn PersonFields(#[prop(optional, into)] email: String) -> impl IntoView {
    let t = words();
    view! {
        <Field name="person[name]" label=t.people.name() most=200/>
        <Field name="person[email]" label=t.people.email() kind=Kind::Email value=email/>
        <Select name="person[right]" label=t.people.right() choices=right_choices(t) value=PortalRight::Viewer.word()/>
    }
}
