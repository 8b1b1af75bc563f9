//! Saying that it works again.

use chrono::NaiveDate;
use domain::ids::OutageId;
use serde::Serialize;

use super::subject;
use crate::permit::{EditOutages, Permit};
use crate::record::audit;
use crate::{Context, Result};

/// As the audit shows it.
#[derive(Serialize)]
struct Ended {
    last_day: NaiveDate,
}

/// Today is its last day: from tomorrow on cuts are made there again.
///
/// # Errors
/// `NotFound` when it was ended before.
pub async fn end(context: &Context, permit: &Permit<EditOutages>, outage: OutageId) -> Result<()> {
    let (today, now, by) = (context.clock.today(), context.clock.now(), permit.actor().user_id());
    let mut transaction = context.begin().await?;
    store::outages::end(&mut transaction, outage, today, now, by).await?;
    audit(context, &mut transaction, permit, subject(outage), None::<&()>, Some(&Ended { last_day: today })).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
