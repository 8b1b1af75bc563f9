//! Where equipment is, in words and as links.

use domain::stock::EquipmentState;
use domain::views::stock::Located;
use leptos::prelude::*;

use crate::{
    i18n::Words,
    parts::stock::state_word,
    ui::{badge::Badge, icon::Icon, tone::Tone},
};

pub(super) fn state_of(located: &Located) -> EquipmentState {
    match located {
        Located::InStock { .. } => EquipmentState::InStock,
        Located::Installed { .. } => EquipmentState::Installed,
        Located::WithCustomer { .. } => EquipmentState::WithCustomer,
        Located::WrittenOff => EquipmentState::WrittenOff,
    }
}

/// `comes_back`: it is ours, and has no reason to be there any more.
pub(super) fn state_badge(located: &Located, comes_back: bool, t: Words) -> AnyView {
    let state = state_of(located);
    let (tone, icon) = match state {
        _ if comes_back => (Tone::Warn, Icon::Clock),
        EquipmentState::InStock => (Tone::Ok, Icon::Check),
        EquipmentState::Installed => (Tone::Accent, Icon::Signal),
        EquipmentState::WithCustomer => (Tone::Neutral, Icon::User),
        EquipmentState::WrittenOff => (Tone::Neutral, Icon::Close),
    };
    let label = if comes_back { t.stock.comes_back() } else { state_word(state, t) };
    view! { <Badge tone icon label/> }.into_any()
}

/// Without the state: the place, or the contract and its customer.
pub(super) fn where_words(located: &Located) -> String {
    match located {
        Located::InStock { place } => place.name.clone(),
        Located::Installed { contract, customer } => format!("{} · {}", contract.name, customer.name),
        Located::WithCustomer { customer } => customer.name.clone(),
        Located::WrittenOff => String::new(),
    }
}

/// The page of where it is.
pub(super) fn where_link(located: &Located) -> Option<String> {
    match located {
        Located::InStock { place } => Some(format!("/office/stock?place={}", place.id)),
        Located::Installed { contract, .. } => Some(format!("/office/contracts/{}", contract.id)),
        Located::WithCustomer { customer } => Some(format!("/office/customers/{}", customer.id)),
        Located::WrittenOff => None,
    }
}
