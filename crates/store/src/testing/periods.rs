//! Periods billed behind the product's back: for stories in which something is already wrong.

use chrono::NaiveDate;
use domain::ids::{ContractId, InvoiceId};
use sqlx::postgres::types::PgRange;

use crate::{Connection, Result};

/// Marks a period of all lines of a contract as billed by an invoice.
pub async fn bill_period(
    connection: &mut Connection,
    contract: ContractId,
    invoice: InvoiceId,
    start: NaiveDate,
    end: NaiveDate,
) -> Result<()> {
    sqlx::query!(
        "insert into billed_periods (contract_line_id, invoice_id, period)
         select id, $2, $3 from contract_lines where contract_id = $1",
        contract.0,
        invoice.0,
        PgRange::from(start..end)
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes that back.
pub async fn unbill_period(connection: &mut Connection, contract: ContractId, start: NaiveDate) -> Result<()> {
    sqlx::query!(
        "delete from billed_periods b using contract_lines l
         where l.id = b.contract_line_id and l.contract_id = $1 and lower(b.period) = $2",
        contract.0,
        start
    )
    .execute(connection)
    .await?;
    Ok(())
}
