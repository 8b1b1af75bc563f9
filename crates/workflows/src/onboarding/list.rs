//! Found routers to look at.

use domain::ids::OnboardingId;
use domain::views::list::Page;
use domain::views::onboarding::{OnboardingDetail, OnboardingFilter, OnboardingRow, OnboardingStart};

use crate::permit::{OnboardRouters, Permit};
use crate::{Context, Result};

/// The newest scans, and where a demo's routers are.
pub async fn begin(context: &Context, _: &Permit<OnboardRouters>) -> Result<OnboardingStart> {
    let mut connection = context.connection().await?;
    let scans = store::network_scans::recent(&mut connection).await?;
    Ok(OnboardingStart { scans, demo: store::network_scans::demo_range(&mut connection).await? })
}

pub async fn list(
    context: &Context,
    _: &Permit<OnboardRouters>,
    filter: &OnboardingFilter,
) -> Result<Page<OnboardingRow>> {
    Ok(store::onboardings::list(&mut *context.connection().await?, filter).await?)
}

pub async fn show(context: &Context, _: &Permit<OnboardRouters>, id: OnboardingId) -> Result<OnboardingDetail> {
    Ok(store::onboardings::detail(&mut *context.connection().await?, id).await?)
}
