//! What customers do with their own records. Everything takes a `CustomerScope` and no id of a customer; what is not
//! theirs is not found.

mod changes;
mod contracts;
mod home;
mod invoices;
mod profile;
mod promise;

pub use changes::{plan_options, request_plan, withdraw_change};
pub use contracts::{accept as accept_contract, paper, papers};
pub use home::{home, timeline};
pub use invoices::{invoice, invoices, payments};
pub use profile::{add_contact, edit_profile, notice, notices, profile, remove_contact};
pub use promise::{promise, promise_terms};

use domain::failure::Failure;
use domain::ids::ContractId;

use crate::Result;
use crate::permit::CustomerScope;

async fn must_be_theirs(connection: &mut store::Connection, scope: &CustomerScope, contract: ContractId) -> Result<()> {
    let owner = store::contracts::customer_of(connection, contract).await?;
    if owner == scope.customer() { Ok(()) } else { Err(Failure::NotFound.into()) }
}
