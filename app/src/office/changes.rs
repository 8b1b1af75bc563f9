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

use super::contracts::{self, use_contract, whom};
use crate::{i18n::Words, ui::form::Choices};

/// Where all changes of a contract begin.
fn change_href(contract: ContractId) -> String {
    format!("{}/change", contracts::href(contract))
}

/// The way back from a page about a change of a contract.
fn places(contract: &ContractDetail, t: Words) -> Vec<(String, String)> {
    let mut places = contracts::places(contract, t);
    places.push((t.changes.change().to_owned(), change_href(contract.id)));
    places
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
