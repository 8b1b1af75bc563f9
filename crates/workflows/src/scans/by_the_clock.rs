//! Once a day, from the hour that the settings say, all routers are scanned.

use chrono::Timelike;

use super::request::enqueue;
use crate::permit::{Permit, ScanRouters};
use crate::{Context, Result};

/// Call it now and then: the first call after the hour enqueues the day's scans, the others do nothing. True when it did.
pub async fn scan_when_due(context: &Context, _: &Permit<ScanRouters>) -> Result<bool> {
    let mut transaction = context.begin().await?;
    let settings = store::network_settings::get(&mut transaction).await?;
    let is_due = settings.scan_hour.is_some_and(|hour| context.clock.time_of_day().hour() >= hour);
    if !is_due || !store::network_settings::take_scan_day(&mut transaction, context.clock.today()).await? {
        return Ok(false);
    }
    for router in store::scans::routers(&mut transaction).await? {
        enqueue(context, &mut transaction, router, settings.scan_effect, None).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(true)
}
