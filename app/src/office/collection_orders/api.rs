//! What the pages of equipment to be collected ask the server.

use domain::ids::CollectionOrderId;
use domain::views::collection_orders::{CloseCollectionForm, CollectionOrderRow};
use domain::views::list::Page;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::collection_orders::CollectionOrderFilter,
    workflows::collection_orders,
    workflows::permit::{CloseCollectionOrders, SeeCollectionOrders},
};

#[server(input = GetUrl)]
pub async fn list_collection_orders(#[server(default)] query: ListQuery) -> Result<Page<CollectionOrderRow>, AppError> {
    let (context, permit) = api::permit::<SeeCollectionOrders>()?;
    let filter = CollectionOrderFilter { standing: query.filter_as("standing"), page: query.page };
    Ok(collection_orders::list(&context, &permit, &filter).await?)
}

#[server(input = GetUrl)]
pub async fn show_collection_order(order: CollectionOrderId) -> Result<CollectionOrderRow, AppError> {
    let (context, permit) = api::permit::<SeeCollectionOrders>()?;
    Ok(collection_orders::show(&context, &permit, order).await?)
}

#[server]
pub async fn close_collection_order(order: CollectionOrderId, form: CloseCollectionForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<CloseCollectionOrders>()?;
    collection_orders::close(&context, &permit, order, &form).await?;
    api::go_to(&format!("/office/equipment/{order}?done=saved"));
    Ok(())
}
