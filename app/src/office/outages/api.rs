//! What the pages of outages ask the server.

use domain::ids::OutageId;
use domain::views::collections::{OutageChoices, OutageForm, OutageRow};
use domain::views::list::Page;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::collections::OutageFilter,
    workflows::outages,
    workflows::permit::{EditOutages, SeeOutages},
};

#[server(input = GetUrl)]
pub async fn list_outages(#[server(default)] query: ListQuery) -> Result<Page<OutageRow>, AppError> {
    let (context, permit) = api::permit::<SeeOutages>()?;
    let over = query.filter_as("over").unwrap_or_default();
    let filter = OutageFilter { over, page: query.page, ..OutageFilter::default() };
    Ok(outages::list(&context, &permit, &filter).await?)
}

#[server(input = GetUrl)]
pub async fn show_outage(outage: OutageId) -> Result<OutageRow, AppError> {
    let (context, permit) = api::permit::<SeeOutages>()?;
    Ok(outages::show(&context, &permit, outage).await?)
}

#[server(input = GetUrl)]
pub async fn begin_outage() -> Result<OutageChoices, AppError> {
    let (context, permit) = api::permit::<EditOutages>()?;
    Ok(outages::choices(&context, &permit).await?)
}

#[server]
pub async fn report_outage(outage: OutageForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditOutages>()?;
    let outage = outages::report(&context, &permit, &outage).await?;
    api::go_to(&format!("/office/outages/{outage}?done=created"));
    Ok(())
}

#[server]
pub async fn change_last_day(outage: OutageId, #[server(default)] ends_on: String) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditOutages>()?;
    outages::change_last_day(&context, &permit, outage, &ends_on).await?;
    api::go_to(&format!("/office/outages/{outage}?done=saved"));
    Ok(())
}

#[server]
pub async fn end_outage(outage: OutageId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditOutages>()?;
    outages::end(&context, &permit, outage).await?;
    api::go_to(&format!("/office/outages/{outage}?done=saved"));
    Ok(())
}
