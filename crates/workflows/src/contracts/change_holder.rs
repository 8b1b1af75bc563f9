//! A contract goes to another customer: each pays for their own days, and what is owed stays with who owes it.

use chrono::NaiveDate;
use domain::contract::{ContractEvent, ContractState};
use domain::credit::CreditBecause;
use domain::failure::{Blocker, Failure, Problem};
use domain::ids::{ContractId, CustomerId};
use domain::service::HoldReason;
use domain::timeline::Event;
use domain::views::contract_moves::HolderForm;
use store::contracts::{Contract, NewContract};

use super::{end_what_is_under_way, not_allowed, service_state, subject};
use crate::changes::{self, Changing};
use crate::permit::{Actor, ChangeHolders, Permit};
use crate::record::{audit, tell};
use crate::{Context, Result, billing, invoices};

/// Closes the contract on the day and begins one with the same lines, address and policy for the new holder. The service
/// goes on without a break: the router holds what it held. Answers the new contract.
///
/// # Errors
/// `Fields`; `Lifecycle` when the contract is not active, or the day is before its activation; `Blocked` by `AlreadyHeld`
/// while it is paused.
pub async fn change_holder(
    context: &Context,
    permit: &Permit<ChangeHolders>,
    contract: ContractId,
    form: &HolderForm,
) -> Result<ContractId> {
    let (holder, on) = form.check(context.clock.today())?;
    let mut transaction = context.begin().await?;
    let old = lock_with(&mut transaction, contract, holder).await?;
    let reason = format!("→ {}", store::customers::get(&mut transaction, holder).await?.reference);
    let closed = old.state.apply(ContractEvent::Close { on, reason })?;
    let new = begin_anew(context, &mut transaction, &old, holder).await?;
    end_what_is_under_way(context, &mut transaction, permit.actor(), &old).await?;
    // The equipment stays where it is: without its holds the contract is on no removal list, and nobody fetches it.
    service_state::rederive(context, &mut transaction, permit.actor(), old.id).await?;
    hand_over(context, &mut transaction, permit.actor(), (&old, &new), on).await?;
    store::service_settings::hand_over(&mut transaction, old.id, new.id).await?;
    audit(context, &mut transaction, permit, subject(old.id), Some(&old.state), Some(&closed)).await?;
    service_state::move_to(context, &mut transaction, permit.actor(), &old, &closed).await?;
    let signed = new.state.apply(ContractEvent::Sign { on })?;
    let active = signed.apply(ContractEvent::Activate { on, located: true })?;
    audit(context, &mut transaction, permit, subject(new.id), Some(&new.state), Some(&active)).await?;
    service_state::move_to(context, &mut transaction, permit.actor(), &new, &active).await?;
    tell_both(context, &mut transaction, permit.actor(), (&old, &new), on).await?;
    let today = context.clock.today();
    for contract in [&old, &new] {
        billing::bill_contract(context, &mut transaction, contract.id, today).await?;
        invoices::settle(context, &mut transaction, permit.actor(), contract.customer, today).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(new.id)
}

/// Both customers, in the order of their ids, and then the contract.
async fn lock_with(transaction: &mut store::Transaction, contract: ContractId, holder: CustomerId) -> Result<Contract> {
    let present = store::contracts::customer_of(transaction, contract).await?;
    match store::customers::get(transaction, holder).await {
        Err(store::Error::NotFound) => return Err(unknown_holder()),
        customer => customer?,
    };
    if present == holder {
        return Err(unknown_holder());
    }
    store::payments::lock_customers(transaction, &[present, holder]).await?;
    let contract = store::contracts::lock(transaction, contract).await?;
    if !matches!(contract.state, ContractState::Active { .. }) {
        return Err(not_allowed(&contract, "change_holder").into());
    }
    let holds = store::holds::open(transaction, contract.id).await?;
    if holds.iter().any(|hold| hold.reason == HoldReason::Pause) {
        return Err(Failure::Blocked { what: Blocker::AlreadyHeld }.into());
    }
    Ok(contract)
}

fn unknown_holder() -> crate::Error {
    Failure::field("customer", Problem::UnknownChoice).into()
}

/// A contract for the new holder, at a copy of the address: each customer has their own.
async fn begin_anew(
    context: &Context,
    transaction: &mut store::Transaction,
    old: &Contract,
    holder: CustomerId,
) -> Result<Contract> {
    let (_, address) = store::addresses::get(transaction, old.address).await?;
    let address = store::addresses::add(transaction, holder, &address.facts).await?;
    let code = store::contracts::next_code(transaction).await?;
    let new = NewContract {
        code: &code,
        customer: holder,
        address,
        policy: old.policy,
        currency: old.currency,
        at: context.clock.now(),
    };
    let id = store::contracts::add(transaction, &new).await?;
    Ok(store::contracts::lock(transaction, id).await?)
}

/// Lines and leases.
async fn hand_over(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    (old, new): (&Contract, &Contract),
    on: NaiveDate,
) -> Result<()> {
    let because = || CreditBecause::HolderChanged;
    let today = context.clock.today();
    let ends = Changing { context, actor, contract: old, today, because: because() };
    let begins = Changing { context, actor, contract: new, today, because: because() };
    for line in store::contract_lines::lock_of_contract(transaction, old.id).await? {
        if changes::is_current(&line, on) && ends.end(transaction, &line, on).await? {
            let next = begins.begin(transaction, line.facts.clone(), on, line.dates.ends_on).await?;
            store::leases::follow(transaction, line.id, next, new.id).await?;
        }
    }
    Ok(())
}

async fn tell_both(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    (old, new): (&Contract, &Contract),
    on: NaiveDate,
) -> Result<()> {
    let from = store::customers::get(transaction, old.customer).await?.facts.name;
    let to = store::customers::get(transaction, new.customer).await?.facts.name;
    let gone =
        Event::HolderChanged { on, from: from.clone(), to: to.clone(), contract: new.id, code: new.code.clone() };
    tell(context, transaction, actor, old.customer, old.id, &gone).await?;
    let come = Event::HolderChanged { on, from, to, contract: old.id, code: old.code.clone() };
    tell(context, transaction, actor, new.customer, new.id, &come).await
}
