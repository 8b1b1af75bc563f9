//! The end of a contract.

use domain::contract::ContractStateName;
use domain::views::contracts::ContractDetail;
use leptos::prelude::*;

use super::{Cancel, actions::NotNow, api::CloseContract, places, use_contract, whom};
use crate::{
    i18n::words,
    parts::amount::money,
    ui::{
        button::Variant,
        card::Card,
        form::{Field, Form, FormState, Kind, Submit, Textarea, use_form},
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
    let content = if contract.state.name() == ContractStateName::Closed {
        view! { <NotNow contract/> }.into_any()
    } else {
        view! {
            <WhatItDoes contract=contract.clone()/>
            <Form state=form>
                <input type="hidden" name="contract" value=contract.id.to_string()/>
                <Field name="form[on]" label=t.contracts.close_date() hint=t.contracts.today_hint() kind=Kind::Date optional=true/>
                <Textarea name="form[reason]" label=t.contracts.close_reason() hint=t.contracts.why_hint() most=500/>
                <div class="form-actions">
                    <Submit variant=Variant::Danger icon=Icon::Close>{t.contracts.close()}</Submit>
                    <Cancel contract=contract.id/>
                </div>
            </Form>
        }
        .into_any()
    };
    view! {
        <PageHeader title places summary/>
        <Card>{content}</Card>
    }
}

/// Only what applies to this contract.
#[component]
fn WhatItDoes(contract: ContractDetail) -> impl IntoView {
    let t = words();
    let active = contract.state.name() == ContractStateName::Active;
    let owed = contract.money.owed;
    let consequences = [
        active.then(|| t.contracts.close_lines().to_owned()),
        active.then(|| t.contracts.close_prepaid().to_owned()),
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
