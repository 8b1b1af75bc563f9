//! Changing a plan.

use domain::failure::{Blocker, Failure};
use domain::ids::PlanId;
use domain::views::plans::PlanForm;

use super::{subject, told};
use crate::permit::{EditPlans, Permit};
use crate::record::audit;
use crate::{Context, Result, jobs};

/// The price is that of lines sold from now on; a new speed holds for everybody who has the plan, and is sent to the
/// routers.
///
/// # Errors
/// `Fields`; `Blocked` by `InUse` when the kind of a plan that was sold would change.
pub async fn edit(context: &Context, permit: &Permit<EditPlans>, plan: PlanId, form: &PlanForm) -> Result<()> {
    let facts = form.check()?;
    let mut transaction = context.begin().await?;
    let before = store::plans::get(&mut transaction, plan).await?;
    if before.facts.kind != facts.kind && before.contracts > 0 {
        return Err(Failure::Blocked { what: Blocker::InUse }.into());
    }
    store::plans::edit(&mut transaction, plan, &facts).await.map_err(|error| told(error, &facts))?;
    if before.facts.speed != facts.speed {
        let services = store::service_settings::with_plan(&mut transaction, plan).await?;
        jobs::enqueue_provisions(context, &mut transaction, &services).await?;
    }
    audit(context, &mut transaction, permit, subject(plan), Some(&before.facts), Some(&facts)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
