//! Who may come into a customer's portal: staff say so, and whoever owns the portal does for their own people.

mod change;
mod codes;
mod invite;

pub use change::{change_my_right, change_right, end_access, end_my_access, restore_access, restore_my_access};
pub use codes::{make_code, withdraw_code};
pub use invite::{invite, invite_again, invite_mine, invite_mine_again};

use domain::failure::Failure;
use domain::ids::{CustomerId, UserId};
use domain::views::portal_people::PortalPeople;
use store::users::Account;

use crate::permit::{OwnerScope, Permit, SeeCustomers};
use crate::{Context, Result};

/// What the audit says when an owner does it; staff have a permit of their own.
const BY_OWNER: &str = "manage_people";

/// Everybody who may come in, and the codes that still open.
pub async fn list(context: &Context, _: &Permit<SeeCustomers>, customer: CustomerId) -> Result<PortalPeople> {
    let mut connection = context.connection().await?;
    store::customers::get(&mut connection, customer).await?;
    Ok(PortalPeople {
        people: store::portal_people::people(&mut connection, customer).await?,
        codes: store::portal_people::open_codes(&mut connection, customer, context.clock.now()).await?,
    })
}

/// The owner's own people. Codes are between staff and whoever they hand them to.
pub async fn mine(context: &Context, scope: &OwnerScope) -> Result<PortalPeople> {
    let mut connection = context.connection().await?;
    let people = store::portal_people::people(&mut connection, scope.customer()).await?;
    Ok(PortalPeople { people, codes: Vec::new() })
}

/// Somebody of this customer's, kept from changing until the transaction ends. Anybody else is not found.
async fn lock(transaction: &mut store::Transaction, customer: CustomerId, user: UserId) -> Result<Account> {
    let account = store::users::lock(transaction, user).await?;
    must_be_of(&account, customer)?;
    Ok(account)
}

fn must_be_of(account: &Account, customer: CustomerId) -> Result<(), Failure> {
    match account.customer {
        Some(access) if access.customer == customer => Ok(()),
        _ => Err(Failure::NotFound),
    }
}
