//! What the pages of transfers ask the server.

use domain::ids::{CustomerId, TransferReportId};
use domain::views::transfers::{TransferDetail, TransferForm, TransferList, TransferOffer};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::transfers::TransferFilter,
    workflows::permit::{ReportTransfers, ReviewTransfers, SeePayments},
    workflows::transfers,
};

#[server(input = GetUrl)]
pub async fn list_transfers(#[server(default)] query: ListQuery) -> Result<TransferList, AppError> {
    let (context, permit) = api::permit::<SeePayments>()?;
    let filter = TransferFilter {
        state: query.filter_as("state"),
        customer: query.filter_as("customer"),
        sector: query.filter_as("sector"),
        search: Some(query.search),
        page: query.page,
    };
    Ok(transfers::list(&context, &permit, &filter).await?)
}

#[server(input = GetUrl)]
pub async fn show_transfer(report: TransferReportId) -> Result<TransferDetail, AppError> {
    let (context, permit) = api::permit::<SeePayments>()?;
    Ok(transfers::show(&context, &permit, report).await?)
}

#[server(input = GetUrl)]
pub async fn begin_transfer(customer: CustomerId) -> Result<TransferOffer, AppError> {
    let (context, permit) = api::permit::<ReportTransfers>()?;
    Ok(transfers::offer(&context, &permit, customer).await?)
}

#[server]
pub async fn report_transfer(customer: CustomerId, transfer: TransferForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<ReportTransfers>()?;
    let report = transfers::report(&context, &permit, customer, &transfer).await?;
    api::go_to(&format!("/office/transfers/{report}?done=recorded"));
    Ok(())
}

#[server]
pub async fn approve_transfer(report: TransferReportId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<ReviewTransfers>()?;
    let taken = transfers::approve(&context, &permit, report).await?;
    api::go_to(&format!("/office/payments/{}?done=recorded", taken.payment));
    Ok(())
}

#[server]
pub async fn reject_transfer(report: TransferReportId, #[server(default)] reason: String) -> Result<(), AppError> {
    let (context, permit) = api::permit::<ReviewTransfers>()?;
    transfers::reject(&context, &permit, report, &reason).await?;
    api::go_to(&format!("/office/transfers/{report}?done=saved"));
    Ok(())
}
