//! What somebody did to many records at once.

use domain::contract::ContractStateName;
use domain::ids::{BulkRunId, UserId};
use domain::views::bulk::BulkRun;

use crate::{Connection, Result};

/// What a look at what would happen needs of a contract.
pub struct BulkContract {
    pub id: i64,
    pub code: String,
    pub state: ContractStateName,
    /// By staff.
    pub held: bool,
}

/// Those that exist, by code.
pub async fn contracts(connection: &mut Connection, ids: &[i64]) -> Result<Vec<BulkContract>> {
    let rows = sqlx::query!(
        r#"select c.id, c.code, c.state,
                  exists (select from holds h
                          where h.contract_id = c.id and h.reason = 'staff' and h.lifted_on is null) as "held!"
           from contracts c where c.id = any($1) order by c.code"#,
        ids
    );
    let rows = rows
        .fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| Ok(BulkContract { id: row.id, code: row.code, state: row.state.parse()?, held: row.held }));
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

/// # Errors
/// `NotFound`, also for somebody else's.
pub async fn show(connection: &mut Connection, user: UserId, run: BulkRunId) -> Result<BulkRun> {
    let row =
        sqlx::query!("select action, why, at, results from bulk_runs where id = $1 and user_id = $2", run.0, user.0);
    let row = row.fetch_one(connection).await?;
    Ok(BulkRun { action: row.action.parse()?, why: row.why, at: row.at, results: serde_json::from_value(row.results)? })
}
