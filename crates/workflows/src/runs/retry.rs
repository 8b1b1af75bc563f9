//! Trying a parked contract again, without waiting for the night.

use domain::failure::{Blocker, Failure};
use domain::ids::ContractId;
use serde::Serialize;

use super::{steps, subject};
use crate::permit::{Permit, RetryParked};
use crate::record::audit;
use crate::{Context, Result};

/// What somebody tried again, as the audit shows it.
#[derive(Serialize)]
struct Retried<'a> {
    contract: ContractId,
    step: &'a str,
}

/// Takes the step of the newest night for this contract alone. When it fails again it stays parked, with the new reason.
///
/// # Errors
/// `NotFound` unless the contract is parked in that step; `Blocked` by `StillParked` when it was left out again.
pub async fn retry(context: &Context, permit: &Permit<RetryParked>, contract: ContractId, step: &str) -> Result<()> {
    let mut transaction = context.begin().await?;
    let (true, Some(date)) =
        (store::runs::is_parked(&mut transaction, contract, step).await?, store::runs::newest(&mut transaction).await?)
    else {
        return Err(Failure::NotFound.into());
    };
    audit(context, &mut transaction, permit, subject(date), None::<&()>, Some(&Retried { contract, step })).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    steps::retry_one(context, permit.actor(), step, contract, date).await?;
    if store::runs::is_parked(&mut *context.connection().await?, contract, step).await? {
        return Err(Failure::Blocked { what: Blocker::StillParked }.into());
    }
    Ok(())
}
