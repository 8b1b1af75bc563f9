//! What the pages of scans ask the server.

use domain::ids::{RouterId, ScanId};
use domain::network::{NetworkSettings, ScanEffect};
use domain::views::scans::{NetworkSettingsForm, ScanDetail, ScansPage};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::scans::{FindingFilter, ScanFilter},
    workflows::permit::{EditRouters, ScanRouters, SeeRouters},
    workflows::scans,
};

#[server(input = GetUrl)]
pub async fn list_scans(#[server(default)] query: ListQuery) -> Result<ScansPage, AppError> {
    let (context, permit) = api::permit::<SeeRouters>()?;
    Ok(scans::list(&context, &permit, &filter(&query)).await?)
}

#[server(input = GetUrl)]
pub async fn show_scan(scan: ScanId, #[server(default)] query: ListQuery) -> Result<ScanDetail, AppError> {
    let (context, permit) = api::permit::<SeeRouters>()?;
    Ok(scans::show(&context, &permit, scan, &finding_filter(query)).await?)
}

#[server]
pub async fn scan_router(router: RouterId, effect: ScanEffect) -> Result<(), AppError> {
    let (context, permit) = api::permit::<ScanRouters>()?;
    let scan = scans::request(&context, &permit, router, effect).await?;
    api::go_to(&format!("/office/scans/{scan}"));
    Ok(())
}

#[server]
pub async fn scan_all_routers(effect: ScanEffect) -> Result<(), AppError> {
    let (context, permit) = api::permit::<ScanRouters>()?;
    scans::request_all(&context, &permit, effect).await?;
    api::go_to("/office/scans?done=queued");
    Ok(())
}

#[server(input = GetUrl)]
pub async fn see_network_settings() -> Result<NetworkSettings, AppError> {
    let (context, permit) = api::permit::<SeeRouters>()?;
    Ok(scans::settings(&context, &permit).await?)
}

#[server]
pub async fn edit_network_settings(settings: NetworkSettingsForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditRouters>()?;
    scans::edit_settings(&context, &permit, &settings).await?;
    api::go_to("/office/scans?done=saved");
    Ok(())
}

/// The store's filters for a list's address.
#[cfg(feature = "ssr")]
fn filter(query: &ListQuery) -> ScanFilter {
    let differing = query.filter_as("differing").unwrap_or_default();
    ScanFilter { router: query.filter_as("router"), state: query.filter_as("state"), differing, page: query.page }
}

#[cfg(feature = "ssr")]
fn finding_filter(query: ListQuery) -> FindingFilter {
    FindingFilter { verdict: query.filter_as("verdict"), page: query.page, search: Some(query.search) }
}
