//! The policies, and one of them.

use domain::ids::{PolicyId, TaxId};
use domain::views::list::Choice;
use domain::views::policies::{PolicyDetail, PolicyRow};

use crate::permit::{EditPolicies, Permit, SeePlans};
use crate::{Context, Result};

pub async fn list(context: &Context, _: &Permit<SeePlans>) -> Result<Vec<PolicyRow>> {
    Ok(store::policies::list(&mut *context.connection().await?).await?)
}

/// A policy, and the taxes that its late fee may have.
pub async fn show(context: &Context, _: &Permit<SeePlans>, policy: PolicyId) -> Result<PolicyDetail> {
    let mut connection = context.connection().await?;
    let row = store::policies::get(&mut connection, policy).await?;
    Ok(PolicyDetail { row, taxes: store::taxes::choices(&mut connection).await? })
}

/// What the form of a new policy chooses from.
pub async fn offer(context: &Context, _: &Permit<EditPolicies>) -> Result<Vec<Choice<TaxId>>> {
    Ok(store::taxes::choices(&mut *context.connection().await?).await?)
}
