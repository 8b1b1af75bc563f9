//! What is to be collected, and one order of it.

use domain::ids::CollectionOrderId;
use domain::views::collection_orders::{CollectionOrderFilter, CollectionOrderRow};
use domain::views::list::Page;

use crate::permit::{Permit, SeeCollectionOrders};
use crate::{Context, Result};

/// Newest first.
pub async fn list(
    context: &Context,
    _: &Permit<SeeCollectionOrders>,
    filter: &CollectionOrderFilter,
) -> Result<Page<CollectionOrderRow>> {
    Ok(store::collection_orders::list(&mut *context.connection().await?, filter).await?)
}

pub async fn show(
    context: &Context,
    _: &Permit<SeeCollectionOrders>,
    order: CollectionOrderId,
) -> Result<CollectionOrderRow> {
    Ok(store::collection_orders::get(&mut *context.connection().await?, order).await?)
}
