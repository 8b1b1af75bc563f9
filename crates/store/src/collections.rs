//! What collections look at, in bulk: most contracts need nothing, and are told apart here from those that do.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::collections::{Case, CutoffPolicy, OpenInvoice, TransferInReview};
use domain::gateway::answered_since;
use domain::ids::{ContractId, InvoiceId};
use domain::money::Money;
use domain::service::HoldEffect;

use crate::{Connection, Result, outages, policies, promises};

/// What decides about these contracts on a date, in the order of their ids. Nothing is locked: what follows from it is
/// decided again under a lock.
pub async fn cases(connection: &mut Connection, contracts: &[ContractId], today: NaiveDate) -> Result<Vec<Case>> {
    let ids: Vec<i64> = contracts.iter().map(|id| id.0).collect();
    let mut invoices = open_invoices(connection, &ids).await?;
    let mut holds = overdue_holds(connection, &ids).await?;
    let mut promises = promises::open(connection, &ids).await?;
    let mut transfers = transfers_in_review(connection, &ids, today).await?;
    let mut outages = outages::at(connection, &ids, today).await?;
    let policies = policies::of_contracts(connection, &ids).await?;
    let case = |(id, policy)| Case {
        contract: ContractId(id),
        policy,
        open_invoices: invoices.remove(&id).unwrap_or_default(),
        held: holds.remove(&id).unwrap_or_default(),
        promise: promises.remove(&id),
        transfers: transfers.remove(&id).unwrap_or_default(),
        outage: outages.remove(&id),
    };
    Ok(policies.into_iter().map(case).collect())
}

/// A contract's cut-off policy.
pub async fn policy_of(connection: &mut Connection, contract: ContractId) -> Result<CutoffPolicy> {
    let policies = policies::of_contracts(connection, &[contract.0]).await?;
    policies.into_values().next().ok_or(crate::Error::NotFound)
}

async fn open_invoices(connection: &mut Connection, contracts: &[i64]) -> Result<BTreeMap<i64, Vec<OpenInvoice>>> {
    let rows = sqlx::query!(
        r#"select o.contract_id as "contract_id!", o.invoice_id, i.number as "number!", o.due_on, o.currency, o.amount
           from open_items o
           join invoices i on i.id = o.invoice_id
           join contracts c on c.id = o.contract_id
           where o.contract_id = any($1) and (c.reconnected_on is null or o.due_on >= c.reconnected_on)
           order by o.contract_id, o.due_on, o.invoice_id"#,
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

/// The transfers of each contract's customer that nobody has looked at yet, the oldest first, and whether they brought this
/// contract back. What is on its way from a card counts like one: it is not the customer's fault that it has not arrived; but
/// no automatic payment that the gateway has not answered about for days.
async fn transfers_in_review(
    connection: &mut Connection,
    contracts: &[i64],
    today: NaiveDate,
) -> Result<BTreeMap<i64, Vec<TransferInReview>>> {
    let rows = sqlx::query!(
        r#"select c.id, t.amount as "amount!", t.currency as "currency!", t.paid_on as "paid_on!", r.until as "until?"
           from contracts c
           join (select id as report_id, customer_id, amount, currency, paid_on, reported_at as at
                 from transfer_reports where state = 'in_review'
                 union all
                 select null, customer_id, amount, currency, for_date, created_at from payment_intents
                 where state = 'processing'
                    or (kind = 'automatic' and state in ('created', 'open') and for_date >= $2)) t
             on t.customer_id = c.customer_id
           left join provisional_reconnections r on r.report_id = t.report_id and r.contract_id = c.id
           where c.id = any($1) order by c.id, t.at"#,
        contracts,
        answered_since(today)
    );
    let mut found: BTreeMap<i64, Vec<TransferInReview>> = BTreeMap::new();
    for row in rows.fetch_all(connection).await? {
        let amount = Money::new(row.amount, row.currency.parse()?);
        let transfer = TransferInReview { amount, paid_on: row.paid_on, provisional_until: row.until };
        found.entry(row.id).or_default().push(transfer);
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
               select contract_id from holds where lifted_on is null and reason = 'overdue'
               union all
               select contract_id from promises where outcome is null)
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
               select contract_id from holds where lifted_on is null and reason = 'overdue'
               union all
               select contract_id from promises where outcome is null)"#,
        today
    );
    Ok(count.fetch_one(connection).await?)
}
