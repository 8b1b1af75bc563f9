//! A customer's own promise to pay.

use domain::failure::Failure;
use domain::ids::{ContractId, PromiseId};
use domain::views::collections::{PromiseForm, PromiseTerms};

use crate::permit::CustomerScope;
use crate::{Context, Result, promises};

/// # Errors
/// `NotFound` for what is not one's own contract.
pub async fn promise_terms(context: &Context, scope: &CustomerScope, contract: ContractId) -> Result<PromiseTerms> {
    let mut connection = context.connection().await?;
    must_be_own(&mut connection, scope, contract).await?;
    promises::terms_of(context, &mut connection, contract).await
}

/// The same as staff make, with the same limits.
///
/// # Errors
/// `NotFound` for what is not one's own contract; otherwise as [`promises::make`].
pub async fn promise(
    context: &Context,
    scope: &CustomerScope,
    contract: ContractId,
    form: &PromiseForm,
) -> Result<PromiseId> {
    must_be_own(&mut *context.connection().await?, scope, contract).await?;
    promises::make_as(context, scope.actor(), contract, form).await
}

async fn must_be_own(connection: &mut store::Connection, scope: &CustomerScope, contract: ContractId) -> Result<()> {
    let own = store::contracts::of_customer(connection, scope.customer()).await?;
    if own.contains(&contract) { Ok(()) } else { Err(Failure::NotFound.into()) }
}
