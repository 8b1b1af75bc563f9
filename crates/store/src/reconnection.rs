//! What reconnecting costs, and which contracts were reconnected.

use chrono::NaiveDate;
use domain::ids::{ContractId, TaxId};
use domain::price::UnitPrice;
use domain::reconnection::ReconnectionTerms;

use crate::{Connection, Result};

pub async fn terms(connection: &mut Connection) -> Result<ReconnectionTerms> {
    let row = sqlx::query!("select fee, tax_id, valid_days from reconnection").fetch_one(connection).await?;
    Ok(ReconnectionTerms {
        fee: UnitPrice::new(row.fee)?,
        tax: row.tax_id.map(TaxId),
        valid_days: u32::try_from(row.valid_days)?,
    })
}

/// # Errors
/// `Refused` with `reconnection_tax_id_fkey`.
pub async fn save(connection: &mut Connection, terms: &ReconnectionTerms) -> Result<()> {
    let (fee, tax, days) = (terms.fee.get(), terms.tax.map(|id| id.0), i32::try_from(terms.valid_days)?);
    sqlx::query!("update reconnection set fee = $1, tax_id = $2, valid_days = $3", fee, tax, days)
        .execute(connection)
        .await?;
    Ok(())
}

/// Debts of a contract that were due before `on` cut nobody any more.
pub async fn mark(connection: &mut Connection, contract: ContractId, on: NaiveDate) -> Result<()> {
    sqlx::query!("update contracts set reconnected_on = $2 where id = $1", contract.0, on).execute(connection).await?;
    Ok(())
}
