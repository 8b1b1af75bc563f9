//! What somebody did to many records at once.

use domain::contract::ContractStateName;
use domain::ids::{AddressId, BulkRunId, CustomerId, InvoiceId, SectorId, UserId};
use domain::invoice::InvoiceState;
use domain::money::Money;
use domain::views::bulk::{BulkResult, BulkRun};

use crate::{Connection, Result};

/// What a look at what would happen needs of a contract.
pub struct BulkContract {
    pub id: i64,
    pub code: String,
    pub state: ContractStateName,
    /// By staff.
    pub held: bool,
    pub customer: CustomerId,
    pub customer_name: String,
    pub address: AddressId,
    pub street: String,
    pub sector: Option<SectorId>,
    /// Contracts at the same address that are neither over nor among those that were asked for.
    pub others: Vec<String>,
}

impl BulkContract {
    /// `C00042 · Ana López`
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} · {}", self.code, self.customer_name)
    }
}

/// Those that exist, by code.
pub async fn contracts(connection: &mut Connection, ids: &[i64]) -> Result<Vec<BulkContract>> {
    let rows = sqlx::query!(
        r#"select c.id, c.code, c.state, c.customer_id, k.name as customer, c.address_id, a.street, a.sector_id,
                  exists (select from holds h
                          where h.contract_id = c.id and h.reason = 'staff' and h.lifted_on is null) as "held!",
                  array(select o.code from contracts o
                        where o.address_id = c.address_id and o.state <> 'closed' and o.id <> all($1)
                        order by o.code) as "others!"
           from contracts c
           join customers k on k.id = c.customer_id
           join addresses a on a.id = c.address_id
           where c.id = any($1) order by c.code"#,
        ids
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        Ok(BulkContract {
            id: row.id,
            code: row.code,
            state: row.state.parse()?,
            held: row.held,
            customer: CustomerId(row.customer_id),
            customer_name: row.customer,
            address: AddressId(row.address_id),
            street: row.street,
            sector: row.sector_id.map(SectorId),
            others: row.others,
        })
    });
    rows.collect()
}

/// What a look at what would happen needs of an invoice or a credit note.
pub struct BulkInvoice {
    pub id: InvoiceId,
    /// `None`: a draft.
    pub number: Option<String>,
    pub state: InvoiceState,
    pub total: Money,
    pub customer: CustomerId,
    pub customer_name: String,
    pub has_email: bool,
}

impl BulkInvoice {
    /// `F-2026-000123 · Ana López`
    #[must_use]
    pub fn name(&self) -> String {
        let number = self.number.clone().unwrap_or_else(|| self.id.to_string());
        format!("{number} · {}", self.customer_name)
    }
}

/// Those that exist, in the order of their numbers.
pub async fn invoices(connection: &mut Connection, ids: &[i64]) -> Result<Vec<BulkInvoice>> {
    let rows = sqlx::query!(
        r#"select i.id, i.number, i.state, i.total, i.currency, i.customer_id, k.name as customer,
                  k.email is not null as "has_email!"
           from invoices i join customers k on k.id = i.customer_id
           where i.id = any($1) order by i.number nulls last, i.id"#,
        ids
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        Ok(BulkInvoice {
            id: InvoiceId(row.id),
            number: row.number,
            state: row.state.parse()?,
            total: Money::new(row.total, row.currency.parse()?),
            customer: CustomerId(row.customer_id),
            customer_name: row.customer,
            has_email: row.has_email,
        })
    });
    rows.collect()
}

pub async fn add(connection: &mut Connection, user: Option<UserId>, run: &BulkRun) -> Result<BulkRunId> {
    let id = sqlx::query_scalar!(
        "insert into bulk_runs (user_id, action, why, at, results) values ($1, $2, $3, $4, $5) returning id",
        user.map(|id| id.0),
        run.action.word(),
        run.why,
        run.at,
        serde_json::to_value(&run.results)?
    );
    Ok(BulkRunId(id.fetch_one(connection).await?))
}

/// Begins what is done once for a key; `None`: it was begun before, and is over when this is answered.
pub async fn begin(
    connection: &mut Connection,
    user: Option<UserId>,
    run: &BulkRun,
    key: &str,
) -> Result<Option<BulkRunId>> {
    let id = sqlx::query_scalar!(
        "insert into bulk_runs (user_id, action, why, at, results, key) values ($1, $2, $3, $4, $5, $6)
         on conflict (key) do nothing returning id",
        user.map(|id| id.0),
        run.action.word(),
        run.why,
        run.at,
        serde_json::to_value(&run.results)?,
        key
    );
    Ok(id.fetch_optional(connection).await?.map(BulkRunId))
}

/// What was begun before for a key.
///
/// # Errors
/// `NotFound`, also for somebody else's.
pub async fn of_key(connection: &mut Connection, user: Option<UserId>, key: &str) -> Result<BulkRunId> {
    let id = sqlx::query_scalar!(
        "select id from bulk_runs where key = $1 and user_id is not distinct from $2",
        key,
        user.map(|id| id.0)
    );
    Ok(BulkRunId(id.fetch_one(connection).await?))
}

/// Writes down what became of each.
pub async fn finish(connection: &mut Connection, run: BulkRunId, results: &[BulkResult]) -> Result<()> {
    let results = serde_json::to_value(results)?;
    sqlx::query!("update bulk_runs set results = $2 where id = $1", run.0, results).execute(connection).await?;
    Ok(())
}

/// # Errors
/// `NotFound`, also for somebody else's.
pub async fn show(connection: &mut Connection, user: UserId, run: BulkRunId) -> Result<BulkRun> {
    let row =
        sqlx::query!("select action, why, at, results from bulk_runs where id = $1 and user_id = $2", run.0, user.0);
    let row = row.fetch_one(connection).await?;
    Ok(BulkRun { action: row.action.parse()?, why: row.why, at: row.at, results: serde_json::from_value(row.results)? })
}
