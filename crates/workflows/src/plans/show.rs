//! A plan's page, and what its form chooses from.

use domain::ids::PlanId;
use domain::plan::Tax;
use domain::views::plans::PlanDetail;

use crate::permit::{Permit, SeePlans};
use crate::{Context, Result};

pub async fn show(context: &Context, _: &Permit<SeePlans>, plan: PlanId) -> Result<PlanDetail> {
    let connection = &mut *context.connection().await?;
    let plan = store::plans::get(connection, plan).await?;
    Ok(PlanDetail { plan, taxes: store::plans::taxes(connection).await? })
}

/// For the form of a new plan.
pub async fn taxes(context: &Context, _: &Permit<SeePlans>) -> Result<Vec<Tax>> {
    Ok(store::plans::taxes(&mut *context.connection().await?).await?)
}
