//! Saying how long it will last after all.

use domain::failure::Failure;
use domain::form;
use domain::ids::OutageId;

use super::subject;
use crate::permit::{EditOutages, Permit};
use crate::record::audit;
use crate::tickets::merge_open;
use crate::{Context, Result};

/// Another last day; blank: until somebody says that it is over. Faults that were reported there since the one that was
/// foreseen become part of it.
///
/// # Errors
/// `Fields`; `NotFound` when it was ended before.
pub async fn change_last_day(
    context: &Context,
    permit: &Permit<EditOutages>,
    outage: OutageId,
    ends_on: &str,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = store::outages::lock(&mut transaction, outage).await?;
    let after = form::optional_date(ends_on)
        .and_then(|last| before.until(last, context.clock.today()))
        .map_err(|problem| Failure::field("ends_on", problem))?;
    store::outages::save_last_day(&mut transaction, outage, after.ends_on).await?;
    merge_open(context, &mut transaction, permit.actor(), outage).await?;
    audit(context, &mut transaction, permit, subject(outage), Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
