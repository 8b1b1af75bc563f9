//! A customer's own promise to pay.

use domain::ids::{ContractId, PromiseId};
use domain::views::collections::{PromiseForm, PromiseTerms};

use super::must_be_theirs;
use crate::permit::{CustomerScope, PayerScope};
use crate::{Context, Result, promises};

/// # Errors
/// `NotFound` for what is not one's own contract.
pub async fn promise_terms(context: &Context, scope: &CustomerScope, contract: ContractId) -> Result<PromiseTerms> {
    let mut connection = context.connection().await?;
    must_be_theirs(&mut connection, scope, contract).await?;
    promises::terms_of(context, &mut connection, contract).await
}

/// The same as staff make, with the same limits.
///
/// # Errors
/// `NotFound` for what is not one's own contract; otherwise as [`promises::make`].
pub async fn promise(
    context: &Context,
    scope: &PayerScope,
    contract: ContractId,
    form: &PromiseForm,
) -> Result<PromiseId> {
    must_be_theirs(&mut *context.connection().await?, scope, contract).await?;
    promises::make_as(context, scope.actor(), contract, form).await
}
