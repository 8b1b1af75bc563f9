//! Contracts that are read and accepted in the portal, as both sides see them.

use domain::contract::ContractStateName;
use domain::portal::Asking;
use domain::views::portal_people::{Acceptance, ContractPaper};
use leptos::prelude::*;

use crate::{
    i18n::{Words, words},
    surroundings::local,
    ui::{
        badge::Badge,
        card::{Fact, Facts},
        format,
        icon::Icon,
        tone::Tone,
    },
};

/// Whether it was accepted, or is to be.
#[must_use]
pub fn asking_badge(paper: &ContractPaper, t: Words) -> AnyView {
    let (tone, icon, label) = match (paper.asking, paper.state) {
        (Asking::Accept, _) => (Tone::Warn, Icon::Edit, t.people.asking_accept()),
        (Asking::AcceptAgain, _) => (Tone::Warn, Icon::Edit, t.people.asking_again()),
        (Asking::Nothing, ContractStateName::Closed) => (Tone::Neutral, Icon::Close, t.people.ended()),
        (Asking::Nothing, _) if paper.acceptances.iter().any(|one| one.is_current) => {
            (Tone::Ok, Icon::Check, t.people.accepted())
        }
        (Asking::Nothing, _) => (Tone::Neutral, Icon::Contract, t.people.on_paper()),
    };
    view! { <Badge tone icon label/> }.into_any()
}

/// Who accepted it, when and from where, with what was read.
#[component]
pub fn AcceptedBy(acceptance: Acceptance) -> impl IntoView {
    let t = words();
    let title = t.people.accepted_by(&acceptance.name, format::date_time(local(acceptance.at), t));
    let old = (!acceptance.is_current).then(|| view! { <p class="muted">{t.people.accepted_old()}</p> });
    view! {
        <div class="stack">
            <p><strong>{title}</strong></p>
            {old}
            <Facts>
                <Fact label=t.people.accepted_as(acceptance.user)>{t.people.accepted_from(acceptance.address)}" · "{acceptance.user_agent}</Fact>
                <Fact label=t.people.accepted_digest()><code class="wrap">{acceptance.sha256}</code></Fact>
            </Facts>
            <p><a class="with-icon" href=format!("/files/{}", acceptance.file) rel="external">{Icon::Download.view()}{t.people.accepted_file()}</a></p>
        </div>
    }
}
