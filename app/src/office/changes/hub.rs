//! What may be changed of a contract, each in a sentence.

use domain::contract::ContractStateName;
use domain::service::HoldReason;
use domain::views::contracts::ContractDetail;
use leptos::prelude::*;

use super::{api::EndPause, contracts, use_contract, whom};
use crate::{
    i18n::words,
    surroundings::may,
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        empty::EmptyState,
        form::{Form, FormState, Submit, use_form},
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn ChangePage() -> impl IntoView {
    let form = use_form::<EndPause>();
    view! { <Loaded from=use_contract() view=move |contract| view! { <Hub contract form/> }/> }
}

#[component]
fn Hub(contract: ContractDetail, form: FormState<EndPause>) -> impl IntoView {
    let t = words();
    let own = format!("/office/contracts/{}", contract.id);
    let places = contracts::places(&contract, t);
    let (title, summary) = (t.changes.change_title(&contract.code), whom(&contract));
    let active = contract.state.name() == ContractStateName::Active;
    let open = contract.state.name() == ContractStateName::Open;
    let paused = contract.holds.iter().any(|hold| hold.reason == HoldReason::Pause);
    let may_ask = active && may("request_changes");
    let entries = [
        (may_ask, "plan", t.changes.plan(), t.changes.plan_hint(), Icon::Plan),
        (may_ask, "quantity", t.changes.quantity(), t.changes.quantity_hint(), Icon::Plus),
        (may_ask && !paused, "pause", t.changes.pause(), t.changes.pause_hint(), Icon::Pause),
        (
            (active || open) && may("move_contracts"),
            "move",
            t.changes.relocate(),
            t.changes.relocate_hint(),
            Icon::Sector,
        ),
        (
            active && !paused && may("change_holders"),
            "holder",
            t.changes.holder(),
            t.changes.holder_hint(),
            Icon::Customers,
        ),
        (may_ask, "lease", t.changes.lease(), t.changes.lease_hint(), Icon::Router),
    ];
    let entries: Vec<_> = entries.into_iter().filter(|(allowed, ..)| *allowed).collect();
    let nothing = entries.is_empty();
    let entries = entries.into_iter().map(move |(_, page, name, hint, icon)| {
        let href = format!("{own}/change/{page}");
        view! {
            <li class="entry">
                <div>
                    <p><a class="with-icon" href=href>{icon.view()}<strong>{name}</strong></a></p>
                    <p class="muted">{hint}</p>
                </div>
            </li>
        }
    });
    let entries = entries.collect_view();
    let id = contract.id;
    let back = format!("/office/contracts/{id}");
    let content = if nothing {
        view! {
            <EmptyState icon=Icon::Info title=t.contracts.not_now()>
                <LinkButton href=back variant=Variant::Primary>{t.contracts.back()}</LinkButton>
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <ul class="entries">{entries}</ul> }.into_any()
    };
    let end_pause = (paused && may("decide_changes")).then(|| {
        view! {
            <Card title=t.changes.end_pause()>
                <p>{t.changes.end_pause_what()}</p>
                <Form state=form>
                    <input type="hidden" name="contract" value=id.to_string()/>
                    <div class="form-actions">
                        <Submit variant=Variant::Primary icon=Icon::Play>{t.changes.end_pause()}</Submit>
                    </div>
                </Form>
            </Card>
        }
    });
    view! {
        <PageHeader title places summary/>
        {end_pause}
        <Card>{content}</Card>
    }
}
