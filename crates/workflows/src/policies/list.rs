//! The policies, and one of them.

use domain::ids::PolicyId;
use domain::views::policies::PolicyRow;

use crate::permit::{Permit, SeePlans};
use crate::{Context, Result};

pub async fn list(context: &Context, _: &Permit<SeePlans>) -> Result<Vec<PolicyRow>> {
    Ok(store::policies::list(&mut *context.connection().await?).await?)
}

pub async fn show(context: &Context, _: &Permit<SeePlans>, policy: PolicyId) -> Result<PolicyRow> {
    Ok(store::policies::get(&mut *context.connection().await?, policy).await?)
}
