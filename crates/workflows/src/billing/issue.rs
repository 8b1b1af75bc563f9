//! Issues what contracts owe: numbers, lines, billed periods, advanced dates, and the credit that pays them at once.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use domain::billing::{Advance, DueInvoice, ParkReason, due};
use domain::ids::{ContractId, CustomerId};
use domain::invoice::{Allocation, Credit, Owed, allocate};
use domain::money::{Money, MoneyError};
use store::billing::{DueContract, IssuedInvoice};
use store::payments::CreditSource;

use crate::{Context, Error, Result, numbers};

/// What became of the contracts of a chunk.
#[derive(Debug, Default)]
pub(super) struct Issued {
    pub billed: Vec<ContractId>,
    pub parked: Vec<(ContractId, ParkReason)>,
}

/// Bills one contract now, as the nightly run would: for an activation, whose first invoice should not wait.
pub(crate) async fn bill_contract(
    context: &Context,
    transaction: &mut store::Transaction,
    contract: ContractId,
    today: NaiveDate,
) -> Result<()> {
    let issued = bill_contracts(context, transaction, &[contract], today).await?;
    match issued.parked.into_iter().next() {
        None => Ok(()),
        Some((_, ParkReason::Amount { .. })) => Err(Error::internal(MoneyError::TooLarge)),
        Some((contract, reason)) => Err(Error::internal(NotBilled { contract, reason })),
    }
}

/// A contract that could not be billed on its own; within a run it would be parked.
#[derive(Debug, thiserror::Error)]
#[error("contract {contract} could not be billed: {reason:?}")]
struct NotBilled {
    contract: ContractId,
    reason: ParkReason,
}

/// Bills these contracts in the caller's transaction. A contract whose amounts make no sense is answered as parked; what
/// the database refuses fails the whole, and the caller tries the contracts one by one.
pub(super) async fn bill_contracts(
    context: &Context,
    transaction: &mut store::Transaction,
    contracts: &[ContractId],
    today: NaiveDate,
) -> Result<Issued> {
    let customers = store::payments::lock_customers_of(transaction, contracts).await?;
    let found = store::billing::lock_due(transaction, contracts, today).await?;
    let mut issued = Issued::default();
    let mut invoices: Vec<IssuedInvoice> = Vec::new();
    let mut advances: Vec<Advance> = Vec::new();
    for contract in found {
        match invoices_of(&contract, today) {
            Ok((new_invoices, new_advances)) => {
                issued.billed.push(contract.id);
                invoices.extend(new_invoices);
                advances.extend(new_advances);
            }
            Err(error) => issued.parked.push((contract.id, ParkReason::Amount { detail: error.to_string() })),
        }
    }
    number(transaction, &mut invoices, today).await?;
    let ids = store::billing::issue(transaction, context.clock.now(), &invoices, &advances).await?;
    numbers::give_control_numbers(transaction, &ids, today).await?;
    allocate_credit(transaction, &customers, today).await?;
    Ok(issued)
}

/// The invoices of one contract, without their numbers, and how far they bring its lines.
fn invoices_of(contract: &DueContract, today: NaiveDate) -> Result<(Vec<IssuedInvoice>, Vec<Advance>), MoneyError> {
    let due = due(&contract.lines, today)?;
    let invoices =
        due.invoices.into_iter().map(|invoice| issued(contract, invoice, today)).collect::<Result<_, _>>()?;
    Ok((invoices, due.advances))
}

fn issued(contract: &DueContract, invoice: DueInvoice, today: NaiveDate) -> Result<IssuedInvoice, MoneyError> {
    let sum = |amounts: Vec<Money>| Money::sum(contract.currency, amounts);
    let amounts = invoice.lines.iter().map(|line| line.amount);
    let days = Days::new(contract.due_days.unsigned_abs().into());
    Ok(IssuedInvoice {
        number: String::new(),
        customer: contract.customer,
        contract: contract.id,
        issued_on: today,
        due_on: today.checked_add_days(days).ok_or(MoneyError::TooLarge)?,
        untaxed: sum(amounts.clone().map(|amount| amount.untaxed).collect())?,
        tax: sum(amounts.clone().map(|amount| amount.tax).collect())?,
        total: sum(amounts.map(|amount| amount.total).collect())?,
        lines: invoice.lines,
    })
}

/// Numbers come last, right before the rows are written: the counter is locked from here to the end.
async fn number(transaction: &mut store::Transaction, invoices: &mut [IssuedInvoice], today: NaiveDate) -> Result<()> {
    if invoices.is_empty() {
        return Ok(());
    }
    let pattern = store::billing::number_pattern(transaction, "invoice").await?;
    let count = i64::try_from(invoices.len()).map_err(Error::internal)?;
    let first = store::billing::take_numbers(transaction, "invoice", today.year(), count).await?;
    for (n, invoice) in (first..).zip(invoices) {
        invoice.number = pattern.number(today, n);
    }
    Ok(())
}

/// Pays what these customers owe with what they have unused, oldest first.
pub(crate) async fn allocate_credit(
    transaction: &mut store::Transaction,
    customers: &[CustomerId],
    today: NaiveDate,
) -> Result<Vec<Allocation<CreditSource>>> {
    let mut credits: BTreeMap<CustomerId, Vec<Credit<CreditSource>>> = BTreeMap::new();
    for (customer, credit) in store::payments::credits(transaction, customers).await? {
        credits.entry(customer).or_default().push(credit);
    }
    let with_credit: Vec<CustomerId> = credits.keys().copied().collect();
    if with_credit.is_empty() {
        return Ok(Vec::new());
    }
    let mut owed: BTreeMap<CustomerId, Vec<Owed>> = BTreeMap::new();
    for (customer, item) in store::payments::owed(transaction, &with_credit).await? {
        owed.entry(customer).or_default().push(item);
    }
    let allocations: Vec<_> = credits
        .iter()
        .flat_map(|(customer, credits)| allocate(credits, owed.get(customer).map_or(&[], Vec::as_slice)))
        .collect();
    store::payments::allocate(transaction, today, &allocations).await?;
    Ok(allocations)
}
