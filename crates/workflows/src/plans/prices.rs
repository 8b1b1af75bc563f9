//! What a plan costs in a sector, or from a day on.

use domain::ids::{PlanId, PlanPriceId};
use domain::views::plans::PriceForm;

use super::subject;
use crate::permit::{EditPlans, Permit};
use crate::record::audit;
use crate::refused::{taken, unknown_choice};
use crate::{Context, Result};

/// For lines sold from that day on.
///
/// # Errors
/// `Fields`, among them a day on which the sector has a price already.
pub async fn add_price(
    context: &Context,
    permit: &Permit<EditPlans>,
    plan: PlanId,
    form: &PriceForm,
) -> Result<PlanPriceId> {
    let price = form.check(context.clock.today())?;
    let mut transaction = context.begin().await?;
    store::plans::get(&mut transaction, plan).await?;
    let id = store::plan_prices::add(&mut transaction, plan, &price).await.map_err(|error| match error {
        error @ store::Error::Taken { .. } => {
            taken(error, &[("plan_prices_plan_id_sector_id_starts_on_key", "from")], &price.from.to_string())
        }
        error => unknown_choice(error, &[("plan_prices_sector_id_fkey", "sector")]),
    })?;
    audit(context, &mut transaction, permit, subject(plan), None::<&()>, Some(&price)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

/// What was sold at it keeps it.
///
/// # Errors
/// `NotFound`.
pub async fn remove_price(
    context: &Context,
    permit: &Permit<EditPlans>,
    plan: PlanId,
    price: PlanPriceId,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = store::plan_prices::remove(&mut transaction, plan, price).await?;
    audit(context, &mut transaction, permit, subject(plan), Some(&before), None::<&()>).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
