//! What the page of a router's reports asks the server.

use domain::ids::RouterId;
use domain::views::macs::{Reporting, ReportingSettings};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
#[cfg(feature = "ssr")]
use {
    crate::api,
    workflows::lease_reports,
    workflows::permit::{EditRouters, SeeRouterSecrets, SeeRouters},
};

#[server(input = GetUrl)]
pub async fn show_lease_reports(router: RouterId) -> Result<Reporting, AppError> {
    let (context, permit) = api::permit::<SeeRouters>()?;
    Ok(lease_reports::show(&context, &permit, router).await?)
}

#[server]
pub async fn renew_lease_token(router: RouterId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditRouters>()?;
    lease_reports::renew(&context, &permit, router).await?;
    api::go_to(&format!("/office/routers/{router}/leases?done=saved"));
    Ok(())
}

/// A job brings the script to the router's DHCP servers and reads it back.
#[server]
pub async fn install_lease_script(router: RouterId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditRouters>()?;
    lease_reports::install(&context, &permit, router).await?;
    api::go_to(&format!("/office/routers/{router}/leases?done=queued"));
    Ok(())
}

#[server]
pub async fn save_reporting_settings(
    router: RouterId,
    #[server(default)] settings: ReportingSettings,
) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditRouters>()?;
    lease_reports::save_settings(&context, &permit, &settings).await?;
    api::go_to(&format!("/office/routers/{router}/leases?done=saved"));
    Ok(())
}

/// The script with its token. Each showing is audited.
#[server]
pub async fn reveal_lease_script(router: RouterId) -> Result<String, AppError> {
    let (context, permit) = api::permit::<SeeRouterSecrets>()?;
    api::keep_out_of_caches();
    Ok(lease_reports::reveal_script(&context, &permit, router).await?)
}
