//! Equipment is leased with a contract.

use domain::failure::{Failure, Problem};
use domain::ids::{ContractId, LeaseId};
use domain::leasing::LeaseTerm;
use domain::money::Money;
use domain::price::UnitPrice;
use domain::timeline::Event;
use domain::views::leases::{LeaseForm, LeaseWish};
use store::contracts::Contract;
use store::leases::NewLease;

use super::subject;
use crate::permit::{Permit, RequestChanges};
use crate::record::{audit, tell};
use crate::{Context, Error, Result, changes, contracts, stock};

/// The equipment is the provider's until the commitment ends; then the contract moves to the plan for the service alone.
///
/// # Errors
/// `Fields`, also when the line charges for other equipment already; `Lifecycle` when the contract is not active;
/// `CurrencyMismatch` for a plan in another currency without a price.
pub async fn add(
    context: &Context,
    permit: &Permit<RequestChanges>,
    contract: ContractId,
    form: &LeaseForm,
) -> Result<LeaseId> {
    let today = context.clock.today();
    let wish = form.check(today)?;
    let mut transaction = context.begin().await?;
    let (contract, lines) = changes::begin(&mut transaction, contract).await?;
    let line = changes::current(&lines, wish.line, today)?;
    let value =
        Money::exact(wish.value.get(), contract.currency).map_err(|_| Failure::field("value", Problem::NotAnAmount))?;
    let price_after = price_after(context, &mut transaction, &contract, &wish).await?;
    let lease = NewLease {
        contract: contract.id,
        line: line.id,
        equipment: &wish.equipment,
        serial: wish.serial.as_deref(),
        term: LeaseTerm { value, starts_on: today, commitment_end: wish.commitment_end },
        plan_after: wish.plan_after,
        price_after,
    };
    let id = store::leases::add(&mut transaction, &lease).await.map_err(|error| match error {
        store::Error::Taken { .. } => Error::from(Failure::field("line", Problem::UnknownChoice)),
        error => error.into(),
    })?;
    let (actor, serial) = (permit.actor(), wish.serial.as_deref());
    stock::lease_begins(context, &mut transaction, actor, &contract, serial).await?;
    audit(context, &mut transaction, permit, subject(id), None::<&()>, Some(&form)).await?;
    let event = Event::Leased { equipment: wish.equipment.clone(), until: wish.commitment_end };
    tell(context, &mut transaction, permit.actor(), contract.customer, contract.id, &event).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

async fn price_after(
    context: &Context,
    transaction: &mut store::Transaction,
    contract: &Contract,
    wish: &LeaseWish,
) -> Result<UnitPrice> {
    let plan = match store::plans::get(transaction, wish.plan_after).await {
        Err(store::Error::NotFound) => return Err(Failure::field("plan_after", Problem::UnknownChoice).into()),
        plan => plan?,
    };
    match wish.price_after {
        Some(price) => Ok(price),
        None if plan.facts.currency == contract.currency => {
            contracts::list_price(context, transaction, contract, &plan).await
        }
        None => Err(Failure::CurrencyMismatch.into()),
    }
}
