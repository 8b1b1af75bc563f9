//! A found router that is not to become ours.

use domain::ids::OnboardingId;

use super::audited;
use super::plan::must_be_free;
use crate::permit::{OnboardRouters, Permit};
use crate::{Context, Result, record};

/// Takes it off the list. What was done at it so far stays, and its passwords with it are gone: it is refused once one
/// was made, since then nobody could get in any more.
///
/// # Errors
/// `Blocked` while it is worked on, when it is ours, and when its users may have been changed.
pub async fn forget(context: &Context, permit: &Permit<OnboardRouters>, id: OnboardingId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let router = store::onboardings::access(&mut transaction, id).await?;
    must_be_free(&mut transaction, id).await?;
    if router.secrets.is_some() {
        return Err(domain::failure::Failure::Blocked { what: domain::failure::Blocker::InUse }.into());
    }
    store::onboardings::forget(&mut transaction, id).await?;
    let before = serde_json::json!({ "host": router.host, "name": router.name });
    record::audit(context, &mut transaction, permit, audited(id), Some(&before), None::<&()>).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
