//! What collections look at, in bulk: most contracts need nothing, and are told apart here from those that do.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::collections::{CutoffPolicy, OpenInvoice};
use domain::ids::{ContractId, InvoiceId};
use domain::money::Money;
use domain::service::HoldEffect;

use crate::{Connection, Result};

/// What decides the overdue holds of a contract, and those that are open.
#[derive(Clone, Debug)]
pub struct Facts {
    pub contract: ContractId,
    pub policy: CutoffPolicy,
    pub open_invoices: Vec<OpenInvoice>,
    /// The overdue holds, and since when.
    pub held: Vec<(HoldEffect, NaiveDate)>,
}

/// The facts of these contracts, in the order of their ids. Nothing is locked: what follows from them is decided again
/// under a lock.
pub async fn facts(connection: &mut Connection, contracts: &[ContractId]) -> Result<Vec<Facts>> {
    let ids: Vec<i64> = contracts.iter().map(|id| id.0).collect();
    let mut invoices = open_invoices(connection, &ids).await?;
    let mut holds = overdue_holds(connection, &ids).await?;
    let rows = sqlx::query!(
        "select c.id, p.name, p.due_days, p.grace_days, p.soft_cut_after_days, p.hard_cut_after_days,
                p.removal_after_days, p.minimum_debt
         from contracts c join cutoff_policies p on p.id = c.policy_id where c.id = any($1) order by c.id",
        &ids
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            let days = |days: i32| u16::try_from(days).map_err(crate::Error::from);
            Ok(Facts {
                contract: ContractId(row.id),
                policy: CutoffPolicy {
                    name: row.name,
                    due_days: days(row.due_days)?,
                    grace_days: days(row.grace_days)?,
                    soft_cut_after_days: row.soft_cut_after_days.map(days).transpose()?,
                    hard_cut_after_days: row.hard_cut_after_days.map(days).transpose()?,
                    removal_after_days: row.removal_after_days.map(days).transpose()?,
                    minimum_debt: row.minimum_debt,
                },
                open_invoices: invoices.remove(&row.id).unwrap_or_default(),
                held: holds.remove(&row.id).unwrap_or_default(),
            })
        })
        .collect()
}

/// A contract's cut-off policy.
pub async fn policy_of(connection: &mut Connection, contract: ContractId) -> Result<CutoffPolicy> {
    let facts = facts(connection, &[contract]).await?;
    facts.into_iter().next().map(|facts| facts.policy).ok_or(crate::Error::NotFound)
}

async fn open_invoices(connection: &mut Connection, contracts: &[i64]) -> Result<BTreeMap<i64, Vec<OpenInvoice>>> {
    let rows = sqlx::query!(
        r#"select o.contract_id as "contract_id!", o.invoice_id, i.number as "number!", o.due_on, o.currency, o.amount
           from open_items o join invoices i on i.id = o.invoice_id
           where o.contract_id = any($1) order by o.contract_id, o.due_on, o.invoice_id"#,
        contracts
    );
    let mut found: BTreeMap<i64, Vec<OpenInvoice>> = BTreeMap::new();
    for row in rows.fetch_all(connection).await? {
        found.entry(row.contract_id).or_default().push(OpenInvoice {
            invoice: InvoiceId(row.invoice_id),
            number: row.number,
            due_on: row.due_on,
            open: Money::new(row.amount, row.currency.parse()?),
        });
    }
    Ok(found)
}

async fn overdue_holds(
    connection: &mut Connection,
    contracts: &[i64],
) -> Result<BTreeMap<i64, Vec<(HoldEffect, NaiveDate)>>> {
    let rows = sqlx::query!(
        "select contract_id, effect, placed_on from holds
         where contract_id = any($1) and lifted_on is null and reason = 'overdue' order by contract_id, id",
        contracts
    );
    let mut found: BTreeMap<i64, Vec<(HoldEffect, NaiveDate)>> = BTreeMap::new();
    for row in rows.fetch_all(connection).await? {
        found.entry(row.contract_id).or_default().push((row.effect.parse()?, row.placed_on));
    }
    Ok(found)
}

/// Active contracts, in order of their ids, that have an invoice past due on `today` or an open overdue hold: the ones
/// that collections must look at. At most `limit` after `after`.
pub async fn to_review(
    connection: &mut Connection,
    today: NaiveDate,
    after: ContractId,
    limit: i64,
) -> Result<Vec<ContractId>> {
    let ids = sqlx::query_scalar!(
        r#"select c.id from contracts c
           where c.id > $2 and c.state = 'active' and c.id in (
               select contract_id from open_items where due_on < $1 and contract_id is not null
               union all
               select contract_id from holds where lifted_on is null and reason = 'overdue')
           order by c.id limit $3"#,
        today,
        after.0,
        limit
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(ContractId).collect())
}

/// How many contracts `to_review` has in all.
pub async fn count_to_review(connection: &mut Connection, today: NaiveDate) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from contracts c
           where c.state = 'active' and c.id in (
               select contract_id from open_items where due_on < $1 and contract_id is not null
               union all
               select contract_id from holds where lifted_on is null and reason = 'overdue')"#,
        today
    );
    Ok(count.fetch_one(connection).await?)
}
