//! Somebody must always be able to let the others in.

use domain::failure::{Blocker, Failure};
use store::users::{self, Account};

use crate::Result;

/// Refuses to take the role or the access from the last administrator who can sign in.
pub(super) async fn refuse_if_last(transaction: &mut store::Transaction, account: &Account) -> Result<()> {
    let administrators = users::lock_administrators(transaction).await?;
    if administrators == [account.id] {
        return Err(Failure::Blocked { what: Blocker::LastAdministrator }.into());
    }
    Ok(())
}
