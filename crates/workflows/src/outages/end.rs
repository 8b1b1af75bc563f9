//! Saying that it works again.

use chrono::NaiveDate;
use domain::ids::OutageId;
use serde::Serialize;

use super::subject;
use crate::permit::{EditOutages, Permit};
use crate::record::audit;
use crate::tickets::{OutageOver, resolve_all};
use crate::{Context, Result};

/// As the audit shows it.
#[derive(Serialize)]
struct Ended {
    last_day: NaiveDate,
}

/// Today is its last day: from tomorrow on cuts are made there again. Its tickets are resolved, and whoever had one is
/// written to once.
///
/// # Errors
/// `NotFound` when it was ended before.
pub async fn end(context: &Context, permit: &Permit<EditOutages>, outage: OutageId) -> Result<()> {
    let (today, now, by) = (context.clock.today(), context.clock.now(), permit.actor().user_id());
    let mut transaction = context.begin().await?;
    store::outages::end(&mut transaction, outage, today, now, by).await?;
    let place = store::outages::place(&mut transaction, outage).await?;
    resolve_all(context, &mut transaction, permit.actor(), &OutageOver { outage, place: &place }).await?;
    audit(context, &mut transaction, permit, subject(outage), None::<&()>, Some(&Ended { last_day: today })).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
