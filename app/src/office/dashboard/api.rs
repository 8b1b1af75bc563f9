//! What the dashboard asks the server.

use domain::views::dashboard::Dashboard;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::dashboard::DashboardFilter,
    workflows::permit::{RunBusinessDay, SeeDashboard},
    workflows::{dashboard, demo},
};

#[server(input = GetUrl)]
pub async fn show_dashboard(#[server(default)] query: ListQuery) -> Result<Dashboard, AppError> {
    let (context, permit) = api::permit::<SeeDashboard>()?;
    let period = query.filter_as("period").unwrap_or_default();
    Ok(dashboard::show(&context, &permit, &DashboardFilter { period, sector: query.filter_as("sector") }).await?)
}

/// Whether the clock can be moved here: only a demo's can.
#[server(input = GetUrl)]
pub async fn is_demo() -> Result<bool, AppError> {
    let (context, _permit) = api::permit::<RunBusinessDay>()?;
    Ok(demo::is_demo(&context).await?)
}

#[server]
pub async fn advance_demo(days: i64) -> Result<(), AppError> {
    let (context, permit) = api::permit::<RunBusinessDay>()?;
    demo::advance(&context, &permit, days).await?;
    api::go_to(&format!("/office?moved={days}"));
    Ok(())
}
