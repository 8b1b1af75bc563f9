//! What the customer's pages of transfers ask the server.

use domain::views::list::Page;
use domain::views::transfers::{TransferForm, TransferOffer, TransferRow};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {crate::api, workflows::transfers};

#[server(input = GetUrl)]
pub async fn my_transfers(#[server(default)] query: ListQuery) -> Result<Page<TransferRow>, AppError> {
    let (context, scope) = api::scope()?;
    Ok(transfers::mine(&context, &scope, query.page).await?)
}

#[server(input = GetUrl)]
pub async fn begin_my_transfer() -> Result<TransferOffer, AppError> {
    let (context, scope) = api::scope()?;
    Ok(transfers::offer_mine(&context, &scope).await?)
}

#[server]
pub async fn report_my_transfer(transfer: TransferForm) -> Result<(), AppError> {
    let (context, scope) = api::payer()?;
    transfers::report_mine(&context, &scope, &transfer).await?;
    api::go_to("/portal/transfers?done=sent");
    Ok(())
}
