//! Who accepted the contract in the portal, and what they read.

use domain::ids::ContractId;
use domain::portal::Asking;
use domain::views::portal_people::ContractPaper;
use leptos::prelude::*;

use super::api::show_acceptances;
use crate::{
    i18n::words,
    parts::acceptance::{AcceptedBy, asking_badge},
    ui::{card::Card, loaded::Loaded},
};

#[component]
pub fn Acceptances(contract: ContractId) -> impl IntoView {
    let paper = Resource::new_blocking(move || contract, show_acceptances);
    view! { <Loaded from=paper view=|paper| view! { <Paper paper/> }/> }
}

#[component]
fn Paper(paper: ContractPaper) -> impl IntoView {
    let t = words();
    let badge = asking_badge(&paper, t);
    let asks = (paper.asking != Asking::Nothing).then(|| view! { <p class="muted">{t.people.accepted_asks()}</p> });
    let none = paper.acceptances.is_empty().then(|| view! { <p class="muted">{t.people.accepted_none()}</p> });
    let all = paper.acceptances.into_iter().map(|acceptance| view! { <AcceptedBy acceptance/> });
    view! {
        <Card title=t.people.accepted_history()>
            <p>{badge}</p>
            {none}
            {asks}
            {all.collect_view()}
        </Card>
    }
}
