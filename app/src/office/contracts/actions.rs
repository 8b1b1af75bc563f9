//! Signing and activating: the pages that say what will happen, and do it.

use domain::contract::ContractStateName;
use domain::views::contracts::ContractDetail;
use leptos::prelude::*;

use super::{
    Cancel,
    api::{ActivateContract, SignContract},
    href, places,
    summary::{Missing, WhatIsSold, is_signable},
    use_contract, whom,
};
use crate::{
    i18n::words,
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        empty::EmptyState,
        form::{Field, Form, FormState, Kind, Submit, use_form},
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn SignPage() -> impl IntoView {
    let form = use_form::<SignContract>();
    view! { <Loaded from=use_contract() view=move |contract| view! { <Sign contract form/> }/> }
}

#[component]
fn Sign(contract: ContractDetail, form: FormState<SignContract>) -> impl IntoView {
    let t = words();
    let (title, places, summary) = (t.contracts.sign_title(&contract.code), places(&contract, t), whom(&contract));
    let content = if is_signable(&contract) {
        view! {
            <p>{t.contracts.sign_what()}</p>
            <WhatIsSold lines=contract.lines.clone()/>
            <Form state=form>
                <input type="hidden" name="contract" value=contract.id.to_string()/>
                <Field name="form[on]" label=t.contracts.sign_date() hint=t.contracts.today_hint() kind=Kind::Date optional=true/>
                <div class="form-actions">
                    <Submit variant=Variant::Primary icon=Icon::Check>{t.contracts.sign()}</Submit>
                    <Cancel contract=contract.id/>
                </div>
            </Form>
        }
        .into_any()
    } else {
        view! { <NotNow contract/> }.into_any()
    };
    view! {
        <PageHeader title places summary/>
        <Card>{content}</Card>
    }
}

#[component]
pub fn ActivatePage() -> impl IntoView {
    let form = use_form::<ActivateContract>();
    view! { <Loaded from=use_contract() view=move |contract| view! { <Activate contract form/> }/> }
}

#[component]
fn Activate(contract: ContractDetail, form: FormState<ActivateContract>) -> impl IntoView {
    let t = words();
    let (title, places, summary) = (t.contracts.activate_title(&contract.code), places(&contract, t), whom(&contract));
    let router = contract.network.as_ref().map(|network| network.router.name.clone()).unwrap_or_default();
    let ready = contract.missing_for_activation().is_empty();
    let content = if contract.state.name() == ContractStateName::Open && ready {
        view! {
            <p>{t.contracts.activate_what(router)}</p>
            <WhatIsSold lines=contract.lines.clone()/>
            <Form state=form>
                <input type="hidden" name="contract" value=contract.id.to_string()/>
                <Field name="form[on]" label=t.contracts.activate_date() hint=t.contracts.today_hint() kind=Kind::Date optional=true/>
                <div class="form-actions">
                    <Submit variant=Variant::Primary icon=Icon::Play>{t.contracts.activate()}</Submit>
                    <Cancel contract=contract.id/>
                </div>
            </Form>
        }
        .into_any()
    } else {
        view! {
            <Missing contract=contract.clone()/>
            <NotNow contract/>
        }
        .into_any()
    };
    view! {
        <PageHeader title places summary/>
        <Card>{content}</Card>
    }
}

/// For an action that came too early or too late: an address typed by hand, or a page that was open for long.
#[component]
pub(super) fn NotNow(contract: ContractDetail, #[prop(optional, into)] hint: String) -> impl IntoView {
    let t = words();
    view! {
        <EmptyState icon=Icon::Info title=t.contracts.not_now() hint>
            <LinkButton href=href(contract.id) variant=Variant::Primary>{t.contracts.back()}</LinkButton>
        </EmptyState>
    }
}
