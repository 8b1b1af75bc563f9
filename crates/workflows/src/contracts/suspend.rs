//! A hold placed by hand.

use domain::contract::ContractState;
use domain::failure::{Blocker, Failure};
use domain::ids::ContractId;
use domain::service::{HoldEffect, HoldEvidence, HoldReason};
use domain::timeline::Event;
use domain::views::contract_forms::SuspendForm;
use serde::Serialize;
use store::contracts::Contract;
use store::holds::NewHold;

use super::{lock, not_allowed, service_state, subject};
use crate::permit::{Permit, PlaceHolds};
use crate::record::{audit, tell};
use crate::{Context, Result};

/// Suspends an active contract for abuse, at the customer's wish or by a decision of the staff, with the reason in words as
/// the evidence. Holds for other reasons stay beside it.
///
/// # Errors
/// `Fields`; `Lifecycle` when the contract is not active; `Blocked` by `AlreadyHeld` when it is held for that reason at
/// least as hard.
pub async fn suspend(
    context: &Context,
    permit: &Permit<PlaceHolds>,
    contract: ContractId,
    form: &SuspendForm,
) -> Result<()> {
    let (reason, effect, why) = form.check()?;
    let mut transaction = context.begin().await?;
    let contract = lock(&mut transaction, contract).await?;
    if !matches!(contract.state, ContractState::Active { .. }) {
        return Err(not_allowed(&contract, "suspend").into());
    }
    let open = store::holds::open(&mut transaction, contract.id).await?;
    if open.iter().any(|hold| hold.reason == reason && hold.effect >= effect) {
        return Err(Failure::Blocked { what: Blocker::AlreadyHeld }.into());
    }
    let evidence = HoldEvidence::Decision { why };
    place(context, &mut transaction, permit, &contract, (reason, effect), &evidence).await?;
    service_state::rederive(context, &mut transaction, permit.actor(), contract.id).await?;
    let placed = Placed { reason, effect, evidence: &evidence };
    audit(context, &mut transaction, permit, subject(contract.id), None::<&()>, Some(&placed)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn place(
    context: &Context,
    transaction: &mut store::Transaction,
    permit: &Permit<PlaceHolds>,
    contract: &Contract,
    (reason, effect): (HoldReason, HoldEffect),
    evidence: &HoldEvidence,
) -> Result<()> {
    let hold = NewHold {
        contract: contract.id,
        reason,
        effect,
        evidence,
        on: context.clock.today(),
        at: context.clock.now(),
        by: permit.actor().user_id(),
    };
    store::holds::place(transaction, &hold).await?;
    let event = Event::HoldPlaced { reason, effect, evidence: evidence.clone() };
    tell(context, transaction, permit.actor(), contract.customer, contract.id, &event).await
}

/// As the audit shows it.
#[derive(Serialize)]
struct Placed<'a> {
    reason: HoldReason,
    effect: HoldEffect,
    evidence: &'a HoldEvidence,
}
