//! Selling a plan no longer, or again. Contracts that have it keep it.

use chrono::{DateTime, Utc};
use domain::ids::PlanId;
use serde::Serialize;

use super::subject;
use crate::permit::{EditPlans, Permit};
use crate::record::audit;
use crate::{Context, Result};

pub async fn archive(context: &Context, permit: &Permit<EditPlans>, plan: PlanId) -> Result<()> {
    set_archived(context, permit, plan, Some(context.clock.now())).await
}

pub async fn unarchive(context: &Context, permit: &Permit<EditPlans>, plan: PlanId) -> Result<()> {
    set_archived(context, permit, plan, None).await
}

#[derive(Serialize)]
struct Archived {
    archived_at: Option<DateTime<Utc>>,
}

async fn set_archived(
    context: &Context,
    permit: &Permit<EditPlans>,
    plan: PlanId,
    archived_at: Option<DateTime<Utc>>,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = Archived { archived_at: store::plans::get(&mut transaction, plan).await?.archived_at };
    if before.archived_at.is_some() == archived_at.is_some() {
        return Ok(());
    }
    store::plans::set_archived(&mut transaction, plan, archived_at).await?;
    audit(context, &mut transaction, permit, subject(plan), Some(&before), Some(&Archived { archived_at })).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
