//! A contract is over, and lets go of what it held.

use chrono::NaiveDate;
use domain::calendar::LastPeriod;
use domain::contract::ContractEvent;
use domain::credit::CreditBecause;
use domain::ids::{ContractId, ContractLineId};
use domain::money::Money;
use domain::timeline::{Event, LiftReason};
use domain::views::contract_forms::CloseForm;
use domain::work_order::WorkKind;
use store::contract_lines::Line;
use store::contracts::Contract;

use super::service_state::{self, Lifting};
use super::{lock, subject};
use crate::permit::{Actor, CloseContracts, Permit};
use crate::record::{audit, tell};
use crate::{
    Context, Error, Result, changes, collection_orders, invoices, leases, plant, promises, quotes, work_orders,
};

/// Ends the lines on the closing date, lifts all holds, has the router cleared, and releases user, MAC, address and
/// port, which may then serve somebody else.
///
/// The nightly run still bills what was used and not billed: a postpaid part period, up to the closing date. What was
/// prepaid beyond that date is given back when the form says so, and when the line's terms do not charge its last period in
/// full.
///
/// # Errors
/// `Fields` for a date in the future or a missing reason; `Lifecycle` when the contract is closed already, or the date is
/// before its present state.
pub async fn close(
    context: &Context,
    permit: &Permit<CloseContracts>,
    contract: ContractId,
    form: &CloseForm,
) -> Result<()> {
    let (on, reason) = form.check(context.clock.today())?;
    let mut transaction = context.begin().await?;
    let contract = lock(&mut transaction, contract).await?;
    let state = contract.state.apply(ContractEvent::Close { on, reason: reason.clone() })?;
    end_what_is_under_way(context, &mut transaction, permit.actor(), &contract).await?;
    let lines = end_lines(&mut transaction, contract.id, on).await?;
    audit(context, &mut transaction, permit, subject(contract.id), Some(&contract.state), Some(&state)).await?;
    let event = Event::ContractClosed { on, reason };
    tell(context, &mut transaction, permit.actor(), contract.customer, contract.id, &event).await?;
    service_state::move_to(context, &mut transaction, permit.actor(), &contract, &state).await?;
    store::service_settings::release(&mut transaction, contract.id, context.clock.now()).await?;
    plant::let_go(context, &mut transaction, permit.actor(), &contract).await?;
    leases::end_with_contract(context, &mut transaction, permit.actor(), &contract, on, form.keeps_equipment).await?;
    collection_orders::order_ours(context, &mut transaction, permit.actor(), &contract).await?;
    if form.credit {
        give_back(context, &mut transaction, permit.actor(), &lines, on).await?;
    }
    invoices::settle(context, &mut transaction, permit.actor(), contract.customer, context.clock.today()).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// What closing on `on` would give back of what was paid in advance.
pub async fn closing_credit(
    context: &Context,
    _permit: &Permit<CloseContracts>,
    contract: ContractId,
    on: NaiveDate,
) -> Result<Money> {
    let mut connection = context.connection().await?;
    let currency = store::contract_detail::get(&mut connection, contract, on).await?.currency;
    let lines = given_back(&store::contract_lines::of_contract(&mut connection, contract).await?);
    let unused = invoices::unused_days(context, &mut connection, &lines, on).await?;
    let totals = unused.iter().flat_map(|(_, lines)| lines).map(|line| line.amounts.total());
    let totals = totals.collect::<Result<Vec<_>, _>>().map_err(Error::internal)?;
    Money::sum(currency, totals).map_err(Error::internal)
}

fn given_back(lines: &[Line]) -> Vec<ContractLineId> {
    let by_days = |line: &&Line| line.facts.terms.is_some_and(|terms| terms.last == LastPeriod::Prorate);
    lines.iter().filter(by_days).map(|line| line.id).collect()
}

async fn end_lines(transaction: &mut store::Transaction, contract: ContractId, on: NaiveDate) -> Result<Vec<Line>> {
    let lines = store::contract_lines::lock_of_contract(transaction, contract).await?;
    for line in &lines {
        let dates = line.dates.ended(line.facts.terms.as_ref(), on);
        store::contract_lines::save_dates(transaction, line.id, &dates).await?;
    }
    Ok(lines)
}

async fn give_back(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    lines: &[Line],
    from: NaiveDate,
) -> Result<()> {
    let (lines, because, today) = (given_back(lines), CreditBecause::ContractClosed, context.clock.today());
    invoices::credit_unused_days(context, transaction, actor, &lines, from, &because, today).await.map(drop)
}

/// The work that a contract which ends needs no more; its equipment is still to be fetched.
const AT_THE_CUSTOMERS: &[WorkKind] = &[WorkKind::Install, WorkKind::Repair, WorkKind::Move];

/// What a contract that ends leaves behind: no hold, no promise, no change, and nothing agreed to without an invoice.
pub(super) async fn end_what_is_under_way(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: &Contract,
) -> Result<()> {
    let lifting = Lifting { context, actor, contract, because: LiftReason::ContractClosed };
    for hold in store::holds::open(transaction, contract.id).await? {
        lifting.lift(transaction, &hold).await?;
    }
    promises::end_open(context, transaction, actor, contract).await?;
    plant::forget_kept(context, transaction, actor, contract).await?;
    work_orders::no_longer_needed(context, transaction, contract.id, AT_THE_CUSTOMERS).await?;
    changes::withdraw_open(context, transaction, actor, contract).await?;
    quotes::invoice_agreed_of(context, transaction, actor, contract.id).await
}
