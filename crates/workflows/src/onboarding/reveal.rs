//! The passwords of the rescue user and of the backup, for somebody who must get at a router without Ramal.

use domain::failure::Failure;
use domain::ids::OnboardingId;
use domain::onboarding::RESCUE;
use domain::views::onboarding::OnboardingSecrets;

use super::{audited, run};
use crate::permit::{Permit, SeeRouterSecrets};
use crate::{Context, Error, Result, record};

/// Each showing is audited.
///
/// # Errors
/// `NotFound` when none were made yet.
pub async fn reveal(
    context: &Context,
    permit: &Permit<SeeRouterSecrets>,
    id: OnboardingId,
) -> Result<OnboardingSecrets> {
    let mut transaction = context.begin().await?;
    let router = store::onboardings::access(&mut transaction, id).await?;
    if router.secrets.is_none() {
        return Err(Failure::NotFound.into());
    }
    let plan = run::plan_of(&context.vault, &router).map_err(|_| Error::internal(crate::vault::CannotOpen))?;
    let shown = serde_json::json!({ "host": router.host });
    record::audit(context, &mut transaction, permit, audited(id), None::<&()>, Some(&shown)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(OnboardingSecrets {
        rescue_user: RESCUE.to_owned(),
        rescue_password: plan.rescue_password,
        backup_password: plan.backup_password,
    })
}
