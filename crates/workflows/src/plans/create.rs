//! A new plan.

use domain::ids::PlanId;
use domain::views::plans::PlanForm;

use super::{subject, told};
use crate::permit::{EditPlans, Permit};
use crate::record::audit;
use crate::{Context, Result};

/// # Errors
/// `Fields`, among them a code that another plan has.
pub async fn create(context: &Context, permit: &Permit<EditPlans>, form: &PlanForm) -> Result<PlanId> {
    let facts = form.check()?;
    let mut transaction = context.begin().await?;
    let plan = store::plans::add(&mut transaction, &facts).await.map_err(|error| told(error, &facts))?;
    audit(context, &mut transaction, permit, subject(plan), None::<&()>, Some(&facts)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(plan)
}
