//! What the technician's pages ask the server.

use chrono::NaiveDate;
use domain::ids::WorkOrderId;
use domain::views::work::{FieldDay, FieldOrder};
use domain::views::work_forms::ReportForm;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
#[cfg(feature = "ssr")]
use {crate::api, workflows::permit::DoWork, workflows::work_orders};

/// Today, when no day is named.
#[server(input = GetUrl)]
pub async fn my_day(#[server(default)] on: Option<NaiveDate>) -> Result<FieldDay, AppError> {
    let (context, permit) = api::permit::<DoWork>()?;
    Ok(work_orders::my_day(&context, &permit, on).await?)
}

#[server(input = GetUrl)]
pub async fn show_field_order(order: WorkOrderId) -> Result<FieldOrder, AppError> {
    let (context, permit) = api::permit::<DoWork>()?;
    Ok(work_orders::work_on(&context, &permit, order).await?)
}

#[server]
pub async fn start_work(order: WorkOrderId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<DoWork>()?;
    work_orders::start(&context, &permit, order).await?;
    api::go_to(&format!("/field/orders/{order}?done=saved"));
    Ok(())
}

/// The work is done.
#[server]
pub async fn finish_work(order: WorkOrderId, report: ReportForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<DoWork>()?;
    work_orders::report(&context, &permit, order, &report).await?;
    api::go_to("/field?done=sent");
    Ok(())
}

/// Nothing came of the visit. By itself, so that the two forms of a page have fields of their own.
#[server]
pub async fn fail_work(order: WorkOrderId, report: ReportForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<DoWork>()?;
    work_orders::report(&context, &permit, order, &report).await?;
    api::go_to("/field?done=sent");
    Ok(())
}
