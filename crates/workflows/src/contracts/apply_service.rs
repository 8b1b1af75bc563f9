//! Somebody does not want to wait: one customer's router is read, and brought to what it should hold.

use domain::failure::Failure;
use domain::ids::ContractId;

use super::subject;
use crate::permit::{ManageJobs, Permit};
use crate::record::audit;
use crate::{Context, Result, jobs};

/// What waits already for that becomes due, before all that only a scan asked for.
///
/// # Errors
/// `NotFound` for a contract without a service.
pub async fn apply_service(context: &Context, permit: &Permit<ManageJobs>, contract: ContractId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let service = store::service_settings::of_contract(&mut transaction, contract).await?;
    let service = service.ok_or(Failure::NotFound)?.id;
    jobs::enqueue_provision(context, &mut transaction, service).await?;
    let asked = serde_json::json!({ "network": "asked_for" });
    audit(context, &mut transaction, permit, subject(contract), None::<&()>, Some(&asked)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
