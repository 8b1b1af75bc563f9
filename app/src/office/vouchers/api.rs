//! What the pages of vouchers ask the server.

use domain::ids::VoucherBatchId;
use domain::views::list::Page;
use domain::views::vouchers::{BatchChoices, BatchDetail, BatchForm, BatchRow, SaleForm, VoucherRow};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::vouchers::VoucherFilter,
    workflows::permit::{IssueVouchers, SeeHotspots, SellVouchers},
    workflows::vouchers,
};

#[server(input = GetUrl)]
pub async fn list_vouchers(#[server(default)] query: ListQuery) -> Result<Page<VoucherRow>, AppError> {
    let (context, permit) = api::permit::<SeeHotspots>()?;
    let (state, batch) = (query.filter_as("state"), query.filter_as("batch"));
    let filter = VoucherFilter { search: Some(query.search), state, batch, page: query.page };
    Ok(vouchers::list(&context, &permit, &filter).await?)
}

#[server(input = GetUrl)]
pub async fn list_batches() -> Result<Vec<BatchRow>, AppError> {
    let (context, permit) = api::permit::<SeeHotspots>()?;
    Ok(vouchers::list_batches(&context, &permit).await?)
}

#[server(input = GetUrl)]
pub async fn show_batch(batch: VoucherBatchId) -> Result<BatchDetail, AppError> {
    let (context, permit) = api::permit::<SeeHotspots>()?;
    Ok(vouchers::show_batch(&context, &permit, batch).await?)
}

#[server(input = GetUrl)]
pub async fn begin_batch() -> Result<BatchChoices, AppError> {
    let (context, permit) = api::permit::<IssueVouchers>()?;
    Ok(vouchers::choices(&context, &permit).await?)
}

#[server]
pub async fn create_batch(batch: BatchForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<IssueVouchers>()?;
    let id = vouchers::create(&context, &permit, &batch).await?;
    api::go_to(&format!("/office/vouchers/batches/{id}?done=created"));
    Ok(())
}

#[server]
pub async fn withdraw_batch(batch: VoucherBatchId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<IssueVouchers>()?;
    Ok(vouchers::withdraw(&context, &permit, batch).await?)
}

#[server]
pub async fn record_voucher_sale(batch: VoucherBatchId, sale: SaleForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<SellVouchers>()?;
    vouchers::sell(&context, &permit, batch, &sale).await?;
    api::go_to(&format!("/office/vouchers/batches/{batch}?done=recorded"));
    Ok(())
}
