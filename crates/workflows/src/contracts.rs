//! The life of a contract: drafted, signed, activated, held and restored, closed.

mod activate;
mod agreed;
mod apply_service;
mod change_holder;
mod choices;
mod close;
mod draft;
mod edit_draft;
mod line_choices;
mod lines;
mod list;
mod preview_activation;
mod relocate;
mod restore;
mod reveal_secret;
pub(crate) mod service_state;
mod set_discount;
mod set_service;
mod show;
mod sign;
mod suspend;

pub use activate::activate;
pub(crate) use activate::install;
pub use agreed::paper;
pub(crate) use agreed::{asking_about, paper_of, terms_of};
pub use apply_service::apply_service;
pub use change_holder::change_holder;
pub use choices::choices;
use close::end_what_is_under_way;
pub use close::{close, closing_credit};
pub use draft::draft;
pub use edit_draft::edit_draft;
pub use line_choices::line_choices;
pub(crate) use line_choices::priced_plans;
pub(crate) use lines::list_price;
pub use lines::{add_line, edit_line, remove_line};
pub use list::list;
pub use preview_activation::preview_activation;
pub use relocate::relocate;
pub use restore::restore;
pub use reveal_secret::reveal_secret;
pub use set_discount::set_discount;
pub use set_service::set_service;
pub use show::{show, story};
pub use sign::sign;
pub use suspend::suspend;

use domain::contract::{ContractState, LifecycleError};
use domain::discount::{Discount, Reduction};
use domain::failure::{Blocker, Failure, Problem};
use domain::ids::{AddressId, ContractId, CustomerId};
use domain::price::{Quantity, UnitPrice};
use store::contract_lines::Line;
use store::contracts::Contract;

use crate::Result;
use crate::record::Subject;

fn subject(id: ContractId) -> Subject {
    Subject { kind: "contract", id: id.0 }
}

/// Locks a contract and, before it, its customer: see `store::payments::lock_customers`.
pub(crate) async fn lock(transaction: &mut store::Transaction, id: ContractId) -> Result<Contract> {
    store::payments::lock_customers_of(transaction, &[id]).await?;
    Ok(store::contracts::lock(transaction, id).await?)
}

/// What was signed is not edited.
fn must_be_draft(contract: &Contract) -> Result<(), LifecycleError> {
    match contract.state {
        ContractState::Draft => Ok(()),
        _ => Err(not_allowed(contract, "edit")),
    }
}

/// A contract without a recurring charge sells nothing that goes on.
fn must_recur(lines: &[Line]) -> Result<(), Failure> {
    match lines.iter().any(|line| line.facts.terms.is_some()) {
        true => Ok(()),
        false => Err(Failure::Blocked { what: Blocker::NoRecurringLine }),
    }
}

/// More than the price cannot be taken off it.
fn must_fit(discount: Option<&Discount>, price: UnitPrice, quantity: Quantity) -> Result<(), Failure> {
    match discount.map(|discount| discount.reduction) {
        Some(Reduction::Amount(amount)) if amount.get() > price.get() * quantity.get() => {
            Err(Failure::field("discount_value", Problem::OutOfRange))
        }
        _ => Ok(()),
    }
}

/// For what is no event of the lifecycle, but not possible in every state.
pub(crate) fn not_allowed(contract: &Contract, event: &str) -> LifecycleError {
    LifecycleError::NotAllowed { state: contract.state.name(), event: event.to_owned() }
}

/// Another customer's address is as unknown as one that does not exist.
async fn must_live_at(transaction: &mut store::Transaction, customer: CustomerId, address: AddressId) -> Result<()> {
    match store::addresses::get(transaction, address).await {
        Ok((owner, _)) if owner == customer => Ok(()),
        Ok(_) | Err(store::Error::NotFound) => Err(Failure::field("address", Problem::UnknownChoice).into()),
        Err(error) => Err(error.into()),
    }
}
