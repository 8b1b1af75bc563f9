//! Figures for people who compare.

use domain::ids::ContractId;
use domain::money::Money;
use domain::next_invoice::NextInvoice;

use crate::permit::{Permit, SeeInvoices};
use crate::{Context, Error, Result};

/// What each customer owes who was ever invoiced or paid, by reference; negative is credit.
pub async fn balances(context: &Context, _: &Permit<SeeInvoices>) -> Result<Vec<(String, Money)>> {
    let mut connection = context.connection().await?;
    Ok(store::reports::balances(&mut connection).await?)
}

/// What each contract with something left to bill is invoiced next, by code.
pub async fn next_invoices(context: &Context, _: &Permit<SeeInvoices>) -> Result<Vec<(String, NextInvoice)>> {
    let mut connection = context.connection().await?;
    let mut next = Vec::new();
    for (id, code) in store::reports::contracts_to_bill(&mut connection).await? {
        if let Some(invoice) = next_of(&mut connection, id).await? {
            next.push((code, invoice));
        }
    }
    Ok(next)
}

async fn next_of(connection: &mut store::Connection, contract: ContractId) -> Result<Option<NextInvoice>> {
    let lines = store::billing::billable_lines(connection, contract).await?;
    match lines.first().map(|line| line.price.currency) {
        Some(currency) => NextInvoice::of(&lines, currency).map_err(Error::internal),
        None => Ok(None),
    }
}
