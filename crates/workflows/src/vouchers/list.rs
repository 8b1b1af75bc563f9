//! Batches and vouchers to look at.

use domain::ids::VoucherBatchId;
use domain::views::list::Page;
use domain::views::vouchers::{BatchDetail, BatchRow, VoucherFilter, VoucherRow};

use crate::permit::{Permit, SeeHotspots};
use crate::record::fresh_key;
use crate::{Context, Result};

pub async fn list(context: &Context, _: &Permit<SeeHotspots>, filter: &VoucherFilter) -> Result<Page<VoucherRow>> {
    Ok(store::vouchers::list(&mut *context.connection().await?, filter).await?)
}

pub async fn list_batches(context: &Context, _: &Permit<SeeHotspots>) -> Result<Vec<BatchRow>> {
    Ok(store::vouchers::batches(&mut *context.connection().await?, context.clock.now()).await?)
}

/// # Errors
/// `NotFound`.
pub async fn show_batch(context: &Context, _: &Permit<SeeHotspots>, id: VoucherBatchId) -> Result<BatchDetail> {
    let batch = store::vouchers::batch(&mut *context.connection().await?, id, context.clock.now()).await?;
    Ok(BatchDetail { idempotency_key: fresh_key(), ..batch })
}
