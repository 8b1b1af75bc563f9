//! What the dashboard asks the server.

use domain::views::dashboard::Dashboard;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
#[cfg(feature = "ssr")]
use {crate::api, workflows::dashboard, workflows::permit::SeeDashboard};

#[server(input = GetUrl)]
pub async fn show_dashboard() -> Result<Dashboard, AppError> {
    let (context, permit) = api::permit::<SeeDashboard>()?;
    Ok(dashboard::show(&context, &permit).await?)
}
