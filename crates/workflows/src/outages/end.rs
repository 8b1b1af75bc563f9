//! Saying that it works again, or that what was planned is called off.

use domain::ids::OutageId;
use domain::outage::OutageEnd;

use super::subject;
use crate::permit::{EditOutages, Permit};
use crate::record::audit;
use crate::tickets::{OutageOver, release_open, resolve_all};
use crate::{Context, Result};

/// Today is its last day: from tomorrow on cuts are made there again. Its tickets are resolved, and whoever had one is
/// written to once. What has not begun is called off: it has no days, and its tickets are about something else.
///
/// # Errors
/// `NotFound` when it was ended before.
pub async fn end(context: &Context, permit: &Permit<EditOutages>, outage: OutageId) -> Result<()> {
    let (now, actor) = (context.clock.now(), permit.actor());
    let mut transaction = context.begin().await?;
    let end = store::outages::lock(&mut transaction, outage).await?.end(context.clock.today());
    store::outages::end(&mut transaction, outage, end, now, actor.user_id()).await?;
    match end {
        OutageEnd::Over { .. } => {
            let place = store::outages::place(&mut transaction, outage).await?;
            resolve_all(context, &mut transaction, actor, &OutageOver { outage, place: &place }).await?;
        }
        OutageEnd::CalledOff => release_open(context, &mut transaction, actor, outage).await?,
    }
    audit(context, &mut transaction, permit, subject(outage), None::<&()>, Some(&end)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
