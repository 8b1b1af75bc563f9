//! The customer asks for another plan, knowing what it will cost and from when; staff decide.

use domain::ids::{ChangeId, ContractId};
use domain::plan_change::ChangeEvent;
use domain::views::changes::{PlanChangeForm, PlanOptions};

use super::must_be_theirs;
use crate::changes::{self, Asked};
use crate::contracts::lock;
use crate::permit::{CustomerScope, OwnerScope};
use crate::{Context, Result};

/// The plans that one of the customer's contracts may be changed to.
///
/// # Errors
/// `NotFound` for another's.
pub async fn plan_options(context: &Context, scope: &CustomerScope, contract: ContractId) -> Result<PlanOptions> {
    must_be_theirs(&mut *context.connection().await?, scope, contract).await?;
    changes::plan_options(context, contract).await
}

/// # Errors
/// `NotFound` for another's; those of `changes::request_plan`.
pub async fn request_plan(
    context: &Context,
    scope: &OwnerScope,
    contract: ContractId,
    form: &PlanChangeForm,
) -> Result<ChangeId> {
    let mut transaction = context.begin().await?;
    must_be_theirs(&mut transaction, scope, contract).await?;
    let (line, plan, timing) = form.check()?;
    let (contract, lines) = changes::begin(&mut transaction, contract).await?;
    let line = changes::current(&lines, line, context.clock.today())?;
    let (change, summary) = changes::to_plan(context, &mut transaction, &contract, line, plan).await?;
    let asked = Asked { change, summary, timing };
    let id = changes::ask(context, &mut transaction, scope.actor(), &contract, &lines, asked).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

/// Takes back what was asked for.
///
/// # Errors
/// `NotFound` for another's; `Blocked` by `ChangeDecided` when it was applied or decided on.
pub async fn withdraw_change(context: &Context, scope: &OwnerScope, change: ChangeId) -> Result<ContractId> {
    let mut transaction = context.begin().await?;
    let contract = store::changes::contract_of(&mut transaction, change).await?;
    must_be_theirs(&mut transaction, scope, contract).await?;
    let contract = lock(&mut transaction, contract).await?;
    let (actor, event) = (scope.actor(), ChangeEvent::Withdraw);
    changes::settle_request(context, &mut transaction, actor, "request_changes", &contract, change, event).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(contract.id)
}
