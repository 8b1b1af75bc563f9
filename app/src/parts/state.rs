//! States: word, icon and colour, decided here and nowhere else.

use domain::{
    contract::ContractStateName,
    service::{HoldEffect, HoldReason, ServiceState, TechnicalState},
    views::collection_orders::CollectionOutcome,
};
use leptos::prelude::*;

use super::Reader;
use crate::{
    i18n::Words,
    ui::{badge::Badge, icon::Icon, tone::Tone},
};

#[must_use]
pub fn contract_state(state: ContractStateName, t: Words) -> &'static str {
    match state {
        ContractStateName::Draft => t.parts.contract_draft(),
        ContractStateName::Open => t.parts.contract_open(),
        ContractStateName::Active => t.parts.contract_active(),
        ContractStateName::Closed => t.parts.contract_closed(),
    }
}

#[must_use]
pub fn service_state(state: ServiceState, t: Words) -> &'static str {
    match state {
        ServiceState::None => t.parts.service_none(),
        ServiceState::Active => t.parts.service_active(),
        ServiceState::Throttled => t.parts.service_throttled(),
        ServiceState::Suspended => t.parts.service_suspended(),
        ServiceState::Disabled => t.parts.service_disabled(),
        ServiceState::RemovalList => t.parts.service_removal_list(),
    }
}

#[must_use]
pub fn technical_state(state: TechnicalState, t: Words) -> &'static str {
    match state {
        TechnicalState::Unprovisioned => t.parts.technical_unprovisioned(),
        TechnicalState::Active => t.parts.technical_active(),
        TechnicalState::Suspended => t.parts.technical_suspended(),
        TechnicalState::Cut => t.parts.technical_cut(),
    }
}

#[must_use]
pub fn hold_reason(reason: HoldReason, reader: Reader, t: Words) -> &'static str {
    match (reason, reader) {
        (HoldReason::Overdue, _) => t.parts.reason_overdue(),
        (HoldReason::Pause, Reader::Staff) => t.parts.reason_pause(),
        (HoldReason::Pause, Reader::Customer) => t.parts.reason_pause_own(),
        (HoldReason::Abuse, _) => t.parts.reason_abuse(),
        (HoldReason::Staff, _) => t.parts.reason_staff(),
    }
}

#[must_use]
pub fn hold_effect(effect: HoldEffect, t: Words) -> &'static str {
    match effect {
        HoldEffect::Throttle => t.parts.effect_throttle(),
        HoldEffect::SoftCut => t.parts.effect_soft_cut(),
        HoldEffect::HardCut => t.parts.effect_hard_cut(),
        HoldEffect::Removal => t.parts.effect_removal(),
    }
}

/// What an effect means, for those who choose it.
#[must_use]
pub fn hold_effect_hint(effect: HoldEffect, t: Words) -> &'static str {
    match effect {
        HoldEffect::Throttle => t.parts.effect_throttle_hint(),
        HoldEffect::SoftCut => t.parts.effect_soft_cut_hint(),
        HoldEffect::HardCut => t.parts.effect_hard_cut_hint(),
        HoldEffect::Removal => t.parts.effect_removal_hint(),
    }
}

/// How an order to collect equipment ended.
#[must_use]
pub fn collection_outcome(outcome: CollectionOutcome, t: Words) -> &'static str {
    match outcome {
        CollectionOutcome::Collected => t.collections.collected(),
        CollectionOutcome::Returned => t.collections.returned(),
        CollectionOutcome::WrittenOff => t.collections.written_off(),
        CollectionOutcome::NotNeeded => t.collections.not_needed(),
    }
}

#[must_use]
pub fn contract_badge(state: ContractStateName, t: Words) -> AnyView {
    let (tone, icon) = match state {
        ContractStateName::Draft => (Tone::Neutral, Icon::Edit),
        ContractStateName::Open => (Tone::Accent, Icon::Clock),
        ContractStateName::Active => (Tone::Ok, Icon::Check),
        ContractStateName::Closed => (Tone::Neutral, Icon::Close),
    };
    view! { <Badge tone icon label=contract_state(state, t)/> }.into_any()
}

#[must_use]
pub fn service_badge(state: ServiceState, t: Words) -> AnyView {
    let (tone, icon) = service_look(state);
    view! { <Badge tone icon label=service_state(state, t)/> }.into_any()
}

pub(super) fn service_look(state: ServiceState) -> (Tone, Icon) {
    match state {
        ServiceState::None => (Tone::Neutral, Icon::Info),
        ServiceState::Active => (Tone::Ok, Icon::Signal),
        ServiceState::Throttled => (Tone::Warn, Icon::Down),
        ServiceState::Suspended => (Tone::Warn, Icon::Pause),
        ServiceState::Disabled => (Tone::Danger, Icon::Cut),
        ServiceState::RemovalList => (Tone::Danger, Icon::Alert),
    }
}

/// What a device was last read to hold.
#[must_use]
pub fn technical_badge(state: TechnicalState, t: Words) -> AnyView {
    let (tone, icon) = technical_look(state);
    view! { <Badge tone icon label=technical_state(state, t)/> }.into_any()
}

pub(super) fn technical_look(state: TechnicalState) -> (Tone, Icon) {
    match state {
        TechnicalState::Unprovisioned => (Tone::Neutral, Icon::Router),
        TechnicalState::Active => (Tone::Ok, Icon::Router),
        TechnicalState::Suspended => (Tone::Warn, Icon::Pause),
        TechnicalState::Cut => (Tone::Danger, Icon::Cut),
    }
}
