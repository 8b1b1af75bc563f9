//! What is due: the lines of contracts as the billing rules see them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::billing::BillableLine;
use domain::ids::{ContractId, CustomerId, TaxId};
use domain::money::Currency;
use domain::price::{AgreedPrice, Quantity, UnitPrice};
use domain::tax::TaxRates;
use rust_decimal::Decimal;

use crate::contract_lines::terms;
use crate::{Connection, Error, Result, discounts, taxes};

/// A contract with lines that are due.
#[derive(Clone, Debug)]
pub struct DueContract {
    pub id: ContractId,
    pub customer: CustomerId,
    /// From an invoice's date to its due date.
    pub due_days: i32,
    pub currency: Currency,
    pub lines: Vec<BillableLine>,
}

/// How many contracts have something due on or before `today`.
pub async fn count_due(connection: &mut Connection, today: NaiveDate) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(distinct contract_id) as "count!" from contract_lines where next_invoice_on <= $1"#,
        today
    );
    Ok(count.fetch_one(connection).await?)
}

/// The next contracts, in order of their ids, with something due; at most `limit`.
pub async fn due_after(
    connection: &mut Connection,
    today: NaiveDate,
    after: ContractId,
    limit: i64,
) -> Result<Vec<ContractId>> {
    let ids = sqlx::query_scalar!(
        "select distinct contract_id from contract_lines where next_invoice_on <= $1 and contract_id > $2
         order by contract_id limit $3",
        today,
        after.0,
        limit
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(ContractId).collect())
}

/// Locks the due lines of these contracts and reads them: a run beside this one waits here, and then finds them advanced.
pub async fn lock_due(
    connection: &mut Connection,
    contracts: &[ContractId],
    today: NaiveDate,
) -> Result<Vec<DueContract>> {
    let ids: Vec<i64> = contracts.iter().map(|id| id.0).collect();
    let rows = sqlx::query_as!(
        LineRow,
        r#"select l.id, l.contract_id, c.customer_id, p.due_days, c.currency as "currency: String", l.description,
                  l.quantity, l.unit_price, l.tax_id, l.every, l.anchor_day, l.mode, l.first_period, l.last_period,
                  l.starts_on as "starts_on!", l.ends_on, l.billed_through, l.discount_kind, l.discount_value,
                  l.discount_reason, l.discount_periods, l.discount_until
           from contract_lines l
           join contracts c on c.id = l.contract_id
           join cutoff_policies p on p.id = c.policy_id
           where l.contract_id = any($1) and l.next_invoice_on <= $2 and l.starts_on is not null
           order by l.contract_id, l.id
           for update of l"#,
        &ids,
        today
    )
    .fetch_all(&mut *connection)
    .await?;
    let taxes = taxes::rates(connection).await?;
    let mut contracts: Vec<DueContract> = Vec::new();
    for row in rows {
        let (contract, customer, due_days) = (row.contract_id, row.customer_id, row.due_days);
        let line = row.line(&taxes)?;
        match contracts.last_mut().filter(|known| known.id.0 == contract) {
            Some(contract) => contract.lines.push(line),
            None => contracts.push(DueContract {
                id: ContractId(contract),
                customer: CustomerId(customer),
                due_days,
                currency: line.price.currency,
                lines: vec![line],
            }),
        }
    }
    Ok(contracts)
}

/// A contract's lines as billing sees them; none before it is activated.
pub async fn billable_lines(connection: &mut Connection, contract: ContractId) -> Result<Vec<BillableLine>> {
    let rows = sqlx::query_as!(
        LineRow,
        r#"select l.id, l.contract_id, c.customer_id, p.due_days, c.currency as "currency: String", l.description,
                  l.quantity, l.unit_price, l.tax_id, l.every, l.anchor_day, l.mode, l.first_period, l.last_period,
                  l.starts_on as "starts_on!", l.ends_on, l.billed_through, l.discount_kind, l.discount_value,
                  l.discount_reason, l.discount_periods, l.discount_until
           from contract_lines l
           join contracts c on c.id = l.contract_id
           join cutoff_policies p on p.id = c.policy_id
           where l.contract_id = $1 and l.starts_on is not null
           order by l.id"#,
        contract.0
    )
    .fetch_all(&mut *connection)
    .await?;
    let taxes = taxes::rates(connection).await?;
    rows.into_iter().map(|row| row.line(&taxes)).collect()
}

struct LineRow {
    id: i64,
    contract_id: i64,
    customer_id: i64,
    due_days: i32,
    currency: String,
    description: String,
    quantity: Decimal,
    unit_price: Decimal,
    tax_id: i64,
    every: Option<String>,
    anchor_day: Option<i32>,
    mode: Option<String>,
    first_period: Option<String>,
    last_period: Option<String>,
    starts_on: NaiveDate,
    ends_on: Option<NaiveDate>,
    billed_through: Option<NaiveDate>,
    discount_kind: Option<String>,
    discount_value: Option<Decimal>,
    discount_reason: Option<String>,
    discount_periods: Option<i32>,
    discount_until: Option<NaiveDate>,
}

impl LineRow {
    fn line(self, taxes: &BTreeMap<TaxId, TaxRates>) -> Result<BillableLine> {
        let (mode, first, last) = (self.mode.as_deref(), self.first_period.as_deref(), self.last_period.as_deref());
        let discount = discounts::discount(
            self.discount_kind.as_deref(),
            self.discount_value,
            self.discount_reason,
            self.discount_periods,
            self.discount_until,
        )?;
        Ok(BillableLine {
            id: self.id.into(),
            price: AgreedPrice {
                unit_price: UnitPrice::new(self.unit_price)?,
                quantity: Quantity::new(self.quantity)?,
                currency: self.currency.parse()?,
                discount,
                tax: taxes.get(&TaxId(self.tax_id)).cloned().ok_or(Error::NotFound)?,
            },
            terms: terms(self.every.as_deref(), self.anchor_day, mode, first, last)?,
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            billed_through: self.billed_through,
            description: self.description,
        })
    }
}
