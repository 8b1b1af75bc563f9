//! A plan's page, and what its form chooses from.

use domain::ids::PlanId;
use domain::views::plans::{PlanDetail, PlanOffer};

use crate::permit::{Permit, SeePlans};
use crate::{Context, Result};

pub async fn show(context: &Context, _: &Permit<SeePlans>, plan: PlanId) -> Result<PlanDetail> {
    let connection = &mut *context.connection().await?;
    let plan = store::plans::get(connection, plan).await?;
    Ok(PlanDetail {
        taxes: store::taxes::choices(connection).await?,
        prices: store::plan_prices::of_plan(connection, plan.id).await?,
        sectors: store::sectors::choices(connection).await?,
        plan,
    })
}

/// For the form of a new plan.
pub async fn offer(context: &Context, _: &Permit<SeePlans>) -> Result<PlanOffer> {
    let connection = &mut *context.connection().await?;
    let currency = store::company::get(connection).await?.currency;
    Ok(PlanOffer { currency, taxes: store::taxes::choices(connection).await? })
}
