//! Changes in mid-life of a contract: what may be changed, the forms that say what they will do, and what waits for a
//! decision. Leased equipment is here too, since it ends with a change of plan.

pub mod api;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod holder;
mod hub;
mod lease;
mod list;
mod pause;
mod plan;
mod quantity;
mod relocate;
mod under_way;

pub use holder::HolderPage;
pub use hub::ChangePage;
pub use lease::{LeasesPage, NewLeasePage};
pub use list::ChangesPage;
pub use pause::PausePage;
pub use plan::PlanChangePage;
pub use quantity::QuantityPage;
pub use relocate::MovePage;
pub use under_way::{UnderWay, UnderWayForms};

use domain::ids::ContractId;
use domain::plan_change::Timing;
use domain::views::contracts::{ContractDetail, ContractLine};
use leptos::prelude::*;

use crate::{
    failure::AppError,
    i18n::{Words, words},
    parts::place::street_and_city,
    ui::{
        button::{LinkButton, Variant},
        form::Choices,
        param::use_id,
    },
};

/// The way back from a page about a change of a contract.
fn places(contract: &ContractDetail, t: Words) -> Vec<(String, String)> {
    let own = format!("/office/contracts/{}", contract.id);
    vec![
        (t.contracts.title().to_owned(), "/office/contracts".to_owned()),
        (contract.code.clone(), own.clone()),
        (t.changes.change().to_owned(), format!("{own}/change")),
    ]
}

fn whom(contract: &ContractDetail) -> String {
    let facts = &contract.address.facts;
    format!("{} · {}", contract.customer.name, street_and_city(&facts.street, &facts.city))
}

fn use_contract() -> Resource<Result<ContractDetail, AppError>> {
    let id = use_id::<ContractId>();
    Resource::new_blocking(move || id.get(), |id| async move { super::contracts::api::show_contract(id?).await })
}

/// Recurring lines that are not over on the page's day: those that bill again, or are billed already.
fn lines(contract: &ContractDetail) -> Choices {
    let current =
        |line: &&ContractLine| line.terms.is_some() && line.dates.starts_on.is_some() && line.dates.ends_on.is_none();
    let choice = |line: &ContractLine| (line.id.to_string(), line.description.clone());
    contract.lines.iter().filter(current).map(choice).collect()
}

fn timings(t: Words) -> Choices {
    Timing::ALL.iter().map(|timing| (timing.to_string(), timing_name(*timing, t).to_owned())).collect()
}

pub(crate) fn timing_name(timing: Timing, t: Words) -> &'static str {
    match timing {
        Timing::Now => t.changes.timing_now(),
        Timing::NextPeriod => t.changes.timing_next_period(),
    }
}

/// Away from a form, without doing what it is for.
#[component]
fn Cancel(contract: ContractId) -> impl IntoView {
    let t = words();
    let href = format!("/office/contracts/{contract}/change");
    view! { <LinkButton href variant=Variant::Quiet>{t.common.cancel()}</LinkButton> }
}
