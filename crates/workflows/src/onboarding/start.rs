//! The router's job is written down, once somebody has seen what it will send.

use domain::failure::{Blocker, Failure};
use domain::ids::OnboardingId;
use domain::views::jobs::JobKind;
use domain::views::onboarding::OnboardingState;
use secrecy::SecretString;
use store::onboardings::Secrets;

use super::audited;
use crate::permit::{OnboardRouters, Permit};
use crate::{Context, Result, jobs, record};

/// Starts, or goes on after somebody mended what stopped it.
///
/// # Errors
/// `Blocked` when nobody has looked at what would be sent, and while it is worked on already.
pub async fn start(context: &Context, permit: &Permit<OnboardRouters>, id: OnboardingId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let router = store::onboardings::access(&mut transaction, id).await?;
    super::plan::must_be_free(&mut transaction, id).await?;
    if router.planned_at.is_none() {
        return Err(Failure::Blocked { what: Blocker::NotPlanned }.into());
    }
    if router.secrets.is_none() {
        store::onboardings::save_secrets(&mut transaction, id, &secrets(context)?).await?;
    }
    jobs::enqueue_onboarding(context, &mut transaction, JobKind::Onboard, id.0).await?;
    let after = serde_json::json!({ "host": router.host, "name": router.name, "server": router.server });
    record::audit(context, &mut transaction, permit, audited(id), None::<&OnboardingState>, Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

fn secrets(context: &Context) -> Result<Secrets> {
    let fresh = || context.vault.seal(&password());
    Ok(Secrets { password: fresh()?, rescue_password: fresh()?, backup_password: fresh()? })
}

/// 24 characters that can be read to somebody: about 140 bits.
fn password() -> SecretString {
    const LETTERS: &[u8] = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let letters =
        (0..24).filter_map(|_| LETTERS.get(rand::random_range(0..LETTERS.len()))).map(|letter| char::from(*letter));
    SecretString::from(letters.collect::<String>())
}
