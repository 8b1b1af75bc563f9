//! Contracts: the heart of the office. The page says who, what and why; each action is a page of its own, which says
//! what it will do, so that it works and explains itself with scripting and without.

mod acceptances;
mod actions;
pub mod api;
mod close;
mod detail;
mod discount;
mod draft;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod history;
mod holds;
mod line;
mod list;
mod money;
mod network;
mod notices;
mod secret;
mod service;
mod summary;
mod who;

pub use actions::{ActivatePage, SignPage};
pub use close::ClosePage;
pub use detail::ContractPage;
pub use discount::DiscountPage;
pub use draft::{EditDraftPage, NewContractPage};
pub use holds::{RestorePage, SuspendPage};
pub use line::{LinePage, NewLinePage};
pub(in crate::office) use list::event_name;
pub use list::{ContractsPage, ContractsTable};
pub(in crate::office) use network::ReadAndApply;
pub use secret::SecretPage;
pub use service::ServicePage;

use domain::ids::ContractId;
use domain::views::contracts::{ContractChoices, ContractDetail};
use leptos::prelude::*;

use crate::{failure::AppError, i18n::Words, parts::place::street_and_city, ui::param::use_id};

pub(super) fn href(contract: ContractId) -> String {
    format!("/office/contracts/{contract}")
}

/// The way back from a page about a contract.
pub(super) fn places(contract: &ContractDetail, t: Words) -> Vec<(String, String)> {
    vec![(t.contracts.title().to_owned(), "/office/contracts".to_owned()), (contract.code.clone(), href(contract.id))]
}

/// Whom an action is about.
pub(super) fn whom(contract: &ContractDetail) -> String {
    let facts = &contract.address.facts;
    format!("{} · {}", contract.customer.name, street_and_city(&facts.street, &facts.city))
}

/// The contract in the page's address.
pub(super) fn use_contract() -> Resource<Result<ContractDetail, AppError>> {
    let id = use_id::<ContractId>();
    Resource::new_blocking(move || id.get(), |id| async move { api::show_contract(id?).await })
}

/// The same, with the addresses, policies and routers that it may have.
pub(super) fn use_contract_and_choices() -> Resource<Result<(ContractDetail, ContractChoices), AppError>> {
    let id = use_id::<ContractId>();
    Resource::new_blocking(
        move || id.get(),
        |id| async move {
            let contract = api::show_contract(id?).await?;
            let choices = api::choices_for_contract(contract.customer.id).await?;
            Ok::<_, AppError>((contract, choices))
        },
    )
}
