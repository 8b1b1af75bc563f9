//! Each hotspot is looked at for ever by one job that goes back to the queue. One that was given up, because its worker
//! stopped on the way once too often, begins anew: without it vouchers would never be over there.

use crate::jobs::enqueue_hotspots;
use crate::{Context, Result};

/// Call it now and then. Answers how many hotspots nobody looked at any more.
pub async fn keep_watching(context: &Context) -> Result<usize> {
    let mut transaction = context.begin().await?;
    let unwatched = store::hotspots::unwatched(&mut transaction).await?;
    if !unwatched.is_empty() {
        enqueue_hotspots(context, &mut transaction, &unwatched, false).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(unwatched.len())
}
