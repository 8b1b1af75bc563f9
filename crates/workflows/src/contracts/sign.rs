//! A draft is signed: it is open, and somebody has to go and install it.

use domain::contract::ContractEvent;
use domain::ids::ContractId;
use domain::timeline::Event;
use domain::views::contract_forms::DateForm;
use domain::work_order::WorkKind;

use super::{lock, must_recur, service_state, subject};
use crate::permit::{Permit, SignContracts};
use crate::record::{audit, tell};
use crate::{Context, Result, work_orders};

/// # Errors
/// `Fields` for a date in the future; `Lifecycle` when the contract is no draft; `Blocked` by `NoRecurringLine`, since
/// what was signed is not edited and could never be activated.
pub async fn sign(
    context: &Context,
    permit: &Permit<SignContracts>,
    contract: ContractId,
    form: &DateForm,
) -> Result<()> {
    let on = form.check(context.clock.today())?;
    let mut transaction = context.begin().await?;
    let contract = lock(&mut transaction, contract).await?;
    let state = contract.state.apply(ContractEvent::Sign { on })?;
    must_recur(&store::contract_lines::lock_of_contract(&mut transaction, contract.id).await?)?;
    audit(context, &mut transaction, permit, subject(contract.id), Some(&contract.state), Some(&state)).await?;
    let event = Event::ContractSigned { on };
    tell(context, &mut transaction, permit.actor(), contract.customer, contract.id, &event).await?;
    service_state::move_to(context, &mut transaction, permit.actor(), &contract, &state).await?;
    work_orders::order(context, &mut transaction, contract.id, WorkKind::Install).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
