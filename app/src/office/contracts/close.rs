//! The end of a contract.

use chrono::NaiveDate;
use domain::contract::ContractStateName;
use domain::ids::ContractId;
use domain::leasing::LeaseState;
use domain::money::Money;
use domain::views::contracts::ContractDetail;
use domain::views::leases::LeaseRow;
use leptos::{ev, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlInputElement};

use super::{
    actions::NotNow,
    api::{CloseContract, closing_credit},
    href, places, use_contract, whom,
};
use crate::{
    i18n::words,
    office::changes::api::contract_leases,
    parts::amount::money,
    ui::{
        button::Variant,
        card::Card,
        form::{Checkbox, Field, Form, FormActions, FormState, Kind, Textarea, use_form},
        icon::Icon,
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        tone::Tone,
    },
};

#[component]
pub fn ClosePage() -> impl IntoView {
    let form = use_form::<CloseContract>();
    view! { <Loaded from=use_contract() view=move |contract| view! { <Close contract form/> }/> }
}

#[component]
fn Close(contract: ContractDetail, form: FormState<CloseContract>) -> impl IntoView {
    let t = words();
    let (title, places, summary) = (t.contracts.close_title(&contract.code), places(&contract, t), whom(&contract));
    let active = contract.state.name() == ContractStateName::Active;
    let typed = RwSignal::new(None);
    let content = if contract.state.name() == ContractStateName::Closed {
        view! { <NotNow contract/> }.into_any()
    } else {
        view! {
            <WhatItDoes contract=contract.clone()/>
            <Form state=form>
                <input type="hidden" name="contract" value=contract.id.to_string()/>
                <div on:input=move |event| note(&event, typed)>
                    <Field name="form[on]" label=t.contracts.close_date() hint=t.contracts.today_hint() kind=Kind::Date optional=true/>
                </div>
                {active.then(|| view! { <GiveBack contract=contract.id typed/> })}
                {active.then(|| view! { <Equipment contract=contract.id/> })}
                <Textarea name="form[reason]" label=t.contracts.close_reason() hint=t.contracts.why_hint() most=500/>
                <FormActions label=t.contracts.close() back=href(contract.id) variant=Variant::Danger icon=Icon::Close/>
            </Form>
        }
        .into_any()
    };
    view! {
        <PageHeader title places summary/>
        <Card>{content}</Card>
    }
}

fn note(event: &ev::Event, typed: RwSignal<Option<NaiveDate>>) {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    typed.set(input.and_then(|input| input.value().parse().ok()));
}

/// What was paid in advance beyond the date in the form.
#[component]
fn GiveBack(contract: ContractId, typed: RwSignal<Option<NaiveDate>>) -> impl IntoView {
    let credit = Resource::new_blocking(move || typed.get(), move |on| closing_credit(contract, on));
    let offer = |credit: Money| {
        let t = words();
        if credit.is_positive() {
            let label = t.changes.close_credit(money(credit));
            view! { <Checkbox name="form[credit]" label hint=t.changes.close_credit_hint() checked=true/> }.into_any()
        } else {
            view! { <p class="muted">{t.changes.close_full()}</p> }.into_any()
        }
    };
    view! { <Loaded from=credit view=offer/> }
}

/// What is owed of leased equipment, and whether it comes back.
#[component]
fn Equipment(contract: ContractId) -> impl IntoView {
    let leases = Resource::new_blocking(move || contract, contract_leases);
    let offer = |leases: Vec<LeaseRow>| {
        let t = words();
        let running: Vec<_> = leases.into_iter().filter(|row| row.state == LeaseState::Running).collect();
        (!running.is_empty()).then(|| {
            let rest = running.iter().map(|row| format!("{} ({})", row.equipment, money(row.owed))).collect::<Vec<_>>();
            let label = t.changes.close_keeps(rest.join(", "));
            view! { <Checkbox name="form[keeps_equipment]" label hint=t.changes.close_keeps_hint()/> }
        })
    };
    view! { <Loaded from=leases view=offer/> }
}

/// Only what applies to this contract.
#[component]
fn WhatItDoes(contract: ContractDetail) -> impl IntoView {
    let t = words();
    let active = contract.state.name() == ContractStateName::Active;
    let owed = contract.money.owed;
    let consequences = [
        active.then(|| t.contracts.close_lines().to_owned()),
        contract.network.is_some().then(|| t.contracts.close_network().to_owned()),
        (!contract.holds.is_empty()).then(|| t.contracts.close_holds().to_owned()),
        owed.is_positive().then(|| t.contracts.close_owed(money(owed))),
    ];
    let consequences = consequences.into_iter().flatten().map(|sentence| view! { <li>{sentence}</li> });
    view! {
        <Notice tone=Tone::Warn icon=Icon::Alert title=t.contracts.close_what()>
            <ul>{consequences.collect_view()}</ul>
        </Notice>
    }
}
