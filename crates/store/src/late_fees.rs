//! Late fees: which invoices may cost one, and what was charged.

use chrono::{DateTime, NaiveDate, Utc};
use domain::collections::LateFeeEvidence;
use domain::ids::{ContractId, CustomerId, InvoiceId};
use domain::price::LineAmount;
use domain::tax::TaxBasis;

use crate::{Connection, Error, Result};

/// A fee that is issued as it is written: an invoice of one line.
#[derive(Clone, Debug)]
pub struct NewFee<'a> {
    pub number: &'a str,
    pub customer: CustomerId,
    pub contract: ContractId,
    pub issued_on: NaiveDate,
    pub due_on: NaiveDate,
    pub at: DateTime<Utc>,
    pub description: &'a str,
    pub amount: &'a LineAmount,
    pub evidence: &'a LateFeeEvidence,
}

/// Active contracts with an invoice that is late enough on `today` for its policy's fee and has had none, in the order of
/// their ids; at most `limit` after `after`.
pub async fn to_charge(
    connection: &mut Connection,
    today: NaiveDate,
    after: ContractId,
    limit: i64,
) -> Result<Vec<ContractId>> {
    let ids = sqlx::query_scalar!(
        r#"select distinct c.id from open_items o
           join contracts c on c.id = o.contract_id and c.state = 'active'
           join cutoff_policies p on p.id = c.policy_id
           where c.id > $2 and o.due_on between p.late_fee_from and $1::date - p.late_fee_after_days
             and not exists (select from late_fees f where f.invoice_id = o.invoice_id or f.fee_invoice_id = o.invoice_id)
           order by c.id limit $3"#,
        today,
        after.0,
        limit
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(ContractId).collect())
}

/// How many contracts `to_charge` has in all.
pub async fn count_to_charge(connection: &mut Connection, today: NaiveDate) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(distinct c.id) as "count!" from open_items o
           join contracts c on c.id = o.contract_id and c.state = 'active'
           join cutoff_policies p on p.id = c.policy_id
           where o.due_on between p.late_fee_from and $1::date - p.late_fee_after_days
             and not exists (select from late_fees f where f.invoice_id = o.invoice_id or f.fee_invoice_id = o.invoice_id)"#,
        today
    );
    Ok(count.fetch_one(connection).await?)
}

/// The open invoices of these contracts that have had no fee and are none themselves.
pub async fn without(connection: &mut Connection, contracts: &[ContractId]) -> Result<Vec<InvoiceId>> {
    let ids: Vec<_> = contracts.iter().map(|id| id.0).collect();
    let ids = sqlx::query_scalar!(
        "select o.invoice_id from open_items o
         where o.contract_id = any($1)
           and not exists (select from late_fees f where f.invoice_id = o.invoice_id or f.fee_invoice_id = o.invoice_id)",
        &ids
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(InvoiceId).collect())
}

/// Issues a fee.
///
/// # Errors
/// `Taken` with `late_fees_pkey` when the invoice has had one.
pub async fn issue(connection: &mut Connection, fee: &NewFee<'_>) -> Result<InvoiceId> {
    let amount = fee.amount;
    let invoice = sqlx::query_scalar!(
        "insert into invoices (kind, state, number, customer_id, contract_id, currency, issued_on, due_on, untaxed, tax,
                               total, created_at)
         values ('invoice', 'issued', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id",
        fee.number,
        fee.customer.0,
        fee.contract.0,
        amount.total.currency().to_string(),
        fee.issued_on,
        fee.due_on,
        amount.untaxed.amount(),
        amount.tax.amount(),
        amount.total.amount(),
        fee.at
    )
    .fetch_one(&mut *connection)
    .await?;
    sqlx::query!(
        "insert into invoice_lines (invoice_id, position, description, quantity, unit_price, discount_percent, tax_percent,
                                    tax_included, untaxed, tax, total)
         values ($1, 1, $2, $3, $4, 0, $5, $6, $7, $8, $9)",
        invoice,
        fee.description,
        amount.price.quantity.get(),
        amount.price.unit_price.get(),
        amount.price.tax_rate.percent.get(),
        amount.price.tax_rate.basis == TaxBasis::Included,
        amount.untaxed.amount(),
        amount.tax.amount(),
        amount.total.amount()
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "insert into late_fees (invoice_id, fee_invoice_id, charged_on, evidence) values ($1, $2, $3, $4)",
        fee.evidence.invoice.0,
        invoice,
        fee.issued_on,
        serde_json::to_value(fee.evidence)?
    )
    .execute(connection)
    .await?;
    Ok(InvoiceId(invoice))
}

/// Why this invoice is a fee, if it is one.
pub async fn evidence_of(connection: &mut Connection, fee: InvoiceId) -> Result<Option<LateFeeEvidence>> {
    let row = sqlx::query_scalar!("select evidence from late_fees where fee_invoice_id = $1", fee.0);
    let evidence = row.fetch_optional(connection).await?;
    evidence.map(|evidence| serde_json::from_value(evidence).map_err(Error::from)).transpose()
}

/// The fee that this invoice's lateness cost, with its number.
pub async fn charged_for(connection: &mut Connection, invoice: InvoiceId) -> Result<Option<(InvoiceId, String)>> {
    let row = sqlx::query!(
        r#"select i.id, i.number as "number!" from late_fees f join invoices i on i.id = f.fee_invoice_id
           where f.invoice_id = $1"#,
        invoice.0
    );
    Ok(row.fetch_optional(connection).await?.map(|row| (InvoiceId(row.id), row.number)))
}
