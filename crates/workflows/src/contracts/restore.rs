//! Holds that were placed by hand are lifted by hand.

use domain::failure::{Blocker, Failure};
use domain::ids::ContractId;
use domain::service::{HoldEffect, HoldEvidence, HoldReason};
use domain::timeline::LiftReason;
use domain::views::contract_forms::RestoreForm;
use serde::Serialize;
use store::holds::OpenHold;

use super::service_state::{self, Lifting};
use super::{lock, subject};
use crate::permit::{LiftHolds, Permit};
use crate::record::audit;
use crate::{Context, Result, changes};

/// Lifts all holds of one reason; holds for other reasons stay, and with them the cut.
///
/// # Errors
/// `Fields`; `Blocked` by `NotHeld` when there is no hold of that reason.
pub async fn restore(
    context: &Context,
    permit: &Permit<LiftHolds>,
    contract: ContractId,
    form: &RestoreForm,
) -> Result<()> {
    let (reason, why) = form.check()?;
    let mut transaction = context.begin().await?;
    let contract = lock(&mut transaction, contract).await?;
    let mut open = store::holds::open(&mut transaction, contract.id).await?;
    open.retain(|hold| hold.reason == reason);
    if open.is_empty() {
        return Err(Failure::Blocked { what: Blocker::NotHeld }.into());
    }
    let because = LiftReason::Decision { why };
    let lifting = Lifting { context, actor: permit.actor(), contract: &contract, because: because.clone() };
    for hold in open.iter().filter(|hold| !matches!(hold.evidence, HoldEvidence::Pause { .. })) {
        lifting.lift(&mut transaction, hold).await?;
    }
    // A pause is more than its hold: the lines that rest begin again with it.
    if reason == HoldReason::Pause {
        changes::resume(context, &mut transaction, permit.actor(), &contract, context.clock.today()).await?;
    }
    service_state::rederive(context, &mut transaction, permit.actor(), contract.id).await?;
    let (before, after) = (Held::of(&open), Lifted { reason, because });
    audit(context, &mut transaction, permit, subject(contract.id), Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// As the audit shows it, before and after.
#[derive(Serialize)]
struct Held {
    holds: Vec<(HoldReason, HoldEffect)>,
}

impl Held {
    fn of(holds: &[OpenHold]) -> Self {
        Self { holds: holds.iter().map(|hold| (hold.reason, hold.effect)).collect() }
    }
}

#[derive(Serialize)]
struct Lifted {
    reason: HoldReason,
    because: LiftReason,
}
