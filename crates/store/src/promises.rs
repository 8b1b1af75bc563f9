//! Payment promises.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::collections::{Promise, PromiseOutcome};
use domain::ids::{ContractId, CustomerId, PromiseId, UserId};
use domain::money::Money;
use domain::views::collections::{PromiseFilter, PromiseRow};
use domain::views::list::{Choice, Page};
use rust_decimal::Decimal;

use crate::{Connection, Error, Result};

/// A promise to write down.
#[derive(Clone, Copy, Debug)]
pub struct NewPromise {
    pub contract: ContractId,
    pub amount: Money,
    pub made_on: NaiveDate,
    pub made_at: DateTime<Utc>,
    pub made_by: Option<UserId>,
    pub until: NaiveDate,
}

/// # Errors
/// `Taken` with `promises_open` when there is an open one.
pub async fn add(connection: &mut Connection, promise: &NewPromise) -> Result<PromiseId> {
    let id = sqlx::query_scalar!(
        "insert into promises (contract_id, amount, currency, made_on, made_at, made_by, until)
         values ($1, $2, $3, $4, $5, $6, $7) returning id",
        promise.contract.0,
        promise.amount.amount(),
        promise.amount.currency().to_string(),
        promise.made_on,
        promise.made_at,
        promise.made_by.map(|id| id.0),
        promise.until
    );
    Ok(PromiseId(id.fetch_one(connection).await?))
}

/// # Errors
/// `NotFound` when it has ended already.
pub async fn end(
    connection: &mut Connection,
    promise: PromiseId,
    outcome: PromiseOutcome,
    on: NaiveDate,
    at: DateTime<Utc>,
    by: Option<UserId>,
) -> Result<()> {
    let ended = sqlx::query!(
        "update promises set outcome = $2, ended_on = $3, ended_at = $4, ended_by = $5 where id = $1 and outcome is null",
        promise.0,
        outcome.word(),
        on,
        at,
        by.map(|id| id.0)
    );
    if ended.execute(connection).await?.rows_affected() == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// The open promises of these contracts, by contract.
pub(crate) async fn open(connection: &mut Connection, contracts: &[i64]) -> Result<BTreeMap<i64, Promise>> {
    let rows = sqlx::query!(
        r#"select p.contract_id, p.id, p.amount, p.currency, p.made_on, p.until,
                  coalesce((select sum(y.amount) from payments y join contracts c on c.customer_id = y.customer_id
                            where c.id = p.contract_id and y.recorded_at >= p.made_at and y.currency = p.currency), 0)
                      as "paid!"
           from promises p where p.contract_id = any($1) and p.outcome is null"#,
        contracts
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            let currency = row.currency.parse()?;
            let promise = Promise {
                id: PromiseId(row.id),
                amount: Money::new(row.amount, currency),
                made_on: row.made_on,
                until: row.until,
                paid_since: Money::new(row.paid, currency),
            };
            Ok((row.contract_id, promise))
        })
        .collect()
}

/// How many promises a contract has had from a date on; those that were taken back do not count.
pub async fn made_since(connection: &mut Connection, contract: ContractId, from: NaiveDate) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from promises
           where contract_id = $1 and made_on >= $2 and outcome is distinct from 'cancelled'"#,
        contract.0,
        from
    );
    Ok(count.fetch_one(connection).await?)
}

/// A contract's newest promise, open or not.
pub async fn newest(connection: &mut Connection, contract: ContractId) -> Result<Option<PromiseRow>> {
    let filter = PromiseFilter { contract: Some(contract), ..PromiseFilter::default() };
    Ok(list(connection, &filter).await?.rows.into_iter().next())
}

/// Newest first.
pub async fn list(connection: &mut Connection, filter: &PromiseFilter) -> Result<Page<PromiseRow>> {
    let standing = filter.standing.map(|standing| standing.word());
    let (contract, sector) = (filter.contract.map(|id| id.0), filter.sector.map(|id| id.0));
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!" from promises
           where ($1::text is null or coalesce(outcome, 'open') = $1) and ($2::bigint is null or contract_id = $2)
             and ($3::bigint is null or contract_id in (
                     select id from contracts where sector_id = $3))"#,
        standing,
        contract,
        sector
    )
    .fetch_one(&mut *connection)
    .await?;
    let rows = sqlx::query_as!(
        Row,
        r#"select p.id, p.contract_id, c.code, c.customer_id, n.name, p.amount, p.currency, p.made_on,
                  u.name as "made_by?", p.until, p.outcome, p.ended_on
           from promises p join contracts c on c.id = p.contract_id join customers n on n.id = c.customer_id
           left join users u on u.id = p.made_by
           where ($1::text is null or coalesce(p.outcome, 'open') = $1) and ($2::bigint is null or p.contract_id = $2)
             and ($3::bigint is null or p.contract_id in (
                     select id from contracts where sector_id = $3))
           order by p.id desc limit $4 offset $5"#,
        standing,
        contract,
        sector,
        filter.page.rows(),
        filter.page.offset()
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(Row::view).collect::<Result<_>>()?;
    Ok(Page { rows, total, number: filter.page.0.max(1) })
}

struct Row {
    id: i64,
    contract_id: i64,
    code: String,
    customer_id: i64,
    name: String,
    amount: Decimal,
    currency: String,
    made_on: NaiveDate,
    made_by: Option<String>,
    until: NaiveDate,
    outcome: Option<String>,
    ended_on: Option<NaiveDate>,
}

impl Row {
    fn view(self) -> Result<PromiseRow> {
        Ok(PromiseRow {
            id: PromiseId(self.id),
            contract: Choice { id: ContractId(self.contract_id), name: self.code },
            customer: Choice { id: CustomerId(self.customer_id), name: self.name },
            amount: Money::new(self.amount, self.currency.parse()?),
            made_on: self.made_on,
            made_by: self.made_by,
            until: self.until,
            outcome: self.outcome.map(|outcome| outcome.parse()).transpose()?,
            ended_on: self.ended_on,
        })
    }
}
