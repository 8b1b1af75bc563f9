//! What the pages of onboarding ask the server.

use domain::ids::OnboardingId;
use domain::views::list::Page;
use domain::views::onboarding::{
    OnboardingDetail, OnboardingForm, OnboardingRow, OnboardingSecrets, OnboardingStart, ScanForm,
};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::onboarding::OnboardingFilter,
    workflows::onboarding,
    workflows::permit::{OnboardRouters, SeeRouterSecrets},
};

#[server(input = GetUrl)]
pub async fn begin_onboarding() -> Result<OnboardingStart, AppError> {
    let (context, permit) = api::permit::<OnboardRouters>()?;
    Ok(onboarding::begin(&context, &permit).await?)
}

#[server(input = GetUrl)]
pub async fn list_onboardings(#[server(default)] query: ListQuery) -> Result<Page<OnboardingRow>, AppError> {
    let (context, permit) = api::permit::<OnboardRouters>()?;
    Ok(onboarding::list(&context, &permit, &filter(query)).await?)
}

/// Has a worker look at a range.
#[server]
pub async fn scan_network(scan: ScanForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<OnboardRouters>()?;
    onboarding::begin_scan(&context, &permit, &scan).await?;
    api::go_to("/office/onboarding");
    Ok(())
}

#[server(input = GetUrl)]
pub async fn show_onboarding(onboarding: OnboardingId) -> Result<OnboardingDetail, AppError> {
    let (context, permit) = api::permit::<OnboardRouters>()?;
    Ok(onboarding::show(&context, &permit, onboarding).await?)
}

/// Saves what is wanted and reads what would be sent; what came of it is on the router's page.
#[server]
pub async fn look_at_router(id: OnboardingId, router: OnboardingForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<OnboardRouters>()?;
    onboarding::look(&context, api::consoles()?.as_ref(), &permit, id, &router).await?;
    api::go_to(&format!("/office/onboarding/{id}"));
    Ok(())
}

#[server]
pub async fn start_onboarding(onboarding: OnboardingId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<OnboardRouters>()?;
    onboarding::start(&context, &permit, onboarding).await?;
    api::go_to(&format!("/office/onboarding/{onboarding}"));
    Ok(())
}

#[server]
pub async fn forget_onboarding(onboarding: OnboardingId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<OnboardRouters>()?;
    onboarding::forget(&context, &permit, onboarding).await?;
    api::go_to("/office/onboarding?done=removed");
    Ok(())
}

/// The rescue user's password and the backup's. Each showing is audited.
#[server]
pub async fn reveal_rescue(onboarding: OnboardingId) -> Result<OnboardingSecrets, AppError> {
    let (context, permit) = api::permit::<SeeRouterSecrets>()?;
    api::keep_out_of_caches();
    Ok(onboarding::reveal(&context, &permit, onboarding).await?)
}

#[cfg(feature = "ssr")]
fn filter(query: ListQuery) -> OnboardingFilter {
    let state = query.filter_as("state");
    OnboardingFilter { search: Some(query.search), state, page: query.page }
}
