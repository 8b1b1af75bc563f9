//! Suspending by hand, and lifting what was suspended by hand.

use domain::contract::ContractStateName;
use domain::service::{HoldEffect, HoldReason};
use domain::views::contracts::ContractDetail;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    actions::NotNow,
    api::{RestoreContract, SuspendContract},
    href, places, use_contract, whom,
};
use crate::{
    i18n::{Words, words},
    parts::{
        Reader,
        state::{hold_effect_hint, hold_reason},
    },
    ui::{
        button::Variant,
        card::Card,
        form::{Choices, Form, FormActions, FormState, Select, Textarea, use_form},
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn SuspendPage() -> impl IntoView {
    let form = use_form::<SuspendContract>();
    view! { <Loaded from=use_contract() view=move |contract| view! { <Suspend contract form/> }/> }
}

#[component]
fn Suspend(contract: ContractDetail, form: FormState<SuspendContract>) -> impl IntoView {
    let t = words();
    let (title, places, summary) = (t.contracts.suspend_title(&contract.code), places(&contract, t), whom(&contract));
    let reasons = reasons(HoldReason::ALL.iter().copied().filter(|reason| *reason != HoldReason::Overdue), t);
    let effects =
        HoldEffect::ALL.iter().map(move |effect| (effect.to_string(), hold_effect_hint(*effect, t).to_owned()));
    let content = if contract.state.name() == ContractStateName::Active {
        view! {
            <p>{t.contracts.suspend_what(&contract.customer.name)}</p>
            <Form state=form>
                <input type="hidden" name="contract" value=contract.id.to_string()/>
                <Select name="form[reason]" label=t.contracts.suspend_reason() choices=reasons/>
                <Select name="form[effect]" label=t.contracts.suspend_effect() choices=effects.collect() value=HoldEffect::SoftCut.word()/>
                <Textarea name="form[why]" label=t.contracts.why() hint=t.contracts.why_hint() most=500/>
                <FormActions label=t.contracts.suspend() back=href(contract.id) variant=Variant::Danger icon=Icon::Pause/>
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

fn reasons(reasons: impl Iterator<Item = HoldReason>, t: Words) -> Choices {
    reasons.map(|reason| (reason.to_string(), hold_reason(reason, Reader::Staff, t).to_owned())).collect()
}

/// `?reason=abuse` chooses one beforehand.
#[component]
pub fn RestorePage() -> impl IntoView {
    let form = use_form::<RestoreContract>();
    view! { <Loaded from=use_contract() view=move |contract| view! { <Restore contract form/> }/> }
}

#[component]
fn Restore(contract: ContractDetail, form: FormState<RestoreContract>) -> impl IntoView {
    let t = words();
    let (title, places, summary) = (t.contracts.restore_title(&contract.code), places(&contract, t), whom(&contract));
    let held = by_hand(&contract);
    let asked = use_query_map().read_untracked().get("reason").unwrap_or_default();
    let chosen = match held.as_slice() {
        [only] => only.to_string(),
        _ => asked,
    };
    let content = if held.is_empty() {
        view! { <NotNow contract hint=t.contracts.restore_nothing()/> }.into_any()
    } else {
        view! {
            <p>{t.contracts.restore_what()}</p>
            <Form state=form>
                <input type="hidden" name="contract" value=contract.id.to_string()/>
                <Select name="form[reason]" label=t.contracts.suspend_reason() choices=reasons(held.into_iter(), t) value=chosen/>
                <Textarea name="form[why]" label=t.contracts.why() hint=t.contracts.why_hint() most=500/>
                <FormActions label=t.contracts.restore() back=href(contract.id) icon=Icon::Check/>
            </Form>
        }
        .into_any()
    };
    view! {
        <PageHeader title places summary/>
        <Card>{content}</Card>
    }
}

/// The reasons of open holds that somebody placed, each once: that of a debt is lifted by paying.
pub(super) fn by_hand(contract: &ContractDetail) -> Vec<HoldReason> {
    let mut reasons: Vec<_> = contract.holds.iter().map(|hold| hold.reason).collect();
    reasons.retain(|reason| *reason != HoldReason::Overdue);
    reasons.sort();
    reasons.dedup();
    reasons
}
