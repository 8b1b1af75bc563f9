//! What was asked to change in mid-life of a contract, and what became of it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{ChangeId, ContractId, CustomerId, UserId};
use domain::plan_change::{Change, ChangeState, ChangeStateName, ChangeSummary, Timing};
use domain::views::changes::{ChangeFilter, ChangeRow};
use domain::views::list::{Choice, Page};

use crate::search::words;
use crate::{Connection, Error, Result};

#[derive(Clone, Debug)]
pub struct NewChange<'a> {
    pub contract: ContractId,
    pub change: &'a Change,
    pub summary: &'a ChangeSummary,
    pub timing: Timing,
    pub at: DateTime<Utc>,
    pub by: Option<UserId>,
    pub by_name: &'a str,
}

/// A change as the workflows need it.
#[derive(Clone, Debug)]
pub struct StoredChange {
    pub id: ChangeId,
    pub contract: ContractId,
    pub change: Change,
    pub summary: ChangeSummary,
    pub timing: Timing,
    pub state: ChangeState,
}

/// # Errors
/// `Taken` with `contract_changes_open` when another one is under way.
pub async fn add(connection: &mut Connection, change: &NewChange<'_>) -> Result<ChangeId> {
    let (what, summary) = (serde_json::to_value(change.change)?, serde_json::to_value(change.summary)?);
    let id = sqlx::query_scalar!(
        "insert into contract_changes (contract_id, change, summary, timing, state, requested_at, requested_by,
                                       requested_by_name)
         values ($1, $2, $3, $4, 'requested', $5, $6, $7) returning id",
        change.contract.0,
        what,
        summary,
        change.timing.word(),
        change.at,
        change.by.map(|id| id.0),
        change.by_name
    );
    Ok(ChangeId(id.fetch_one(connection).await?))
}

/// Reads a change and keeps it from being decided twice. Lock its contract before, where that is known.
pub async fn lock(connection: &mut Connection, id: ChangeId) -> Result<StoredChange> {
    let row = sqlx::query!(
        "select contract_id, change, summary, timing, state, takes_effect_on, reject_reason
         from contract_changes where id = $1 for update",
        id.0
    );
    let row = row.fetch_one(connection).await?;
    Ok(StoredChange {
        id,
        contract: ContractId(row.contract_id),
        change: serde_json::from_value(row.change)?,
        summary: serde_json::from_value(row.summary)?,
        timing: row.timing.parse()?,
        state: state(&row.state, row.takes_effect_on, row.reject_reason)?,
    })
}

/// The contract that a change is of.
pub async fn contract_of(connection: &mut Connection, id: ChangeId) -> Result<ContractId> {
    let contract = sqlx::query_scalar!("select contract_id from contract_changes where id = $1", id.0);
    Ok(ContractId(contract.fetch_one(connection).await?))
}

pub async fn save_state(connection: &mut Connection, id: ChangeId, state: &ChangeState) -> Result<()> {
    let (on, reason) = match state {
        ChangeState::Approved { on } | ChangeState::Applied { on } => (Some(*on), None),
        ChangeState::Rejected { reason } => (None, Some(reason.as_str())),
        ChangeState::Requested | ChangeState::Withdrawn => (None, None),
    };
    sqlx::query!(
        "update contract_changes set state = $2, takes_effect_on = $3, reject_reason = $4 where id = $1",
        id.0,
        state.name().word(),
        on,
        reason
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The change of a contract that is under way, if there is one.
pub async fn open(connection: &mut Connection, contract: ContractId) -> Result<Option<ChangeId>> {
    let id = sqlx::query_scalar!(
        "select id from contract_changes where contract_id = $1 and state in ('requested', 'approved')",
        contract.0
    );
    Ok(id.fetch_optional(connection).await?.map(ChangeId))
}

/// Approved changes that hold from `date` or before, of contracts that are active.
pub async fn due(connection: &mut Connection, date: NaiveDate) -> Result<Vec<(ChangeId, ContractId)>> {
    let rows = sqlx::query!(
        "select h.id, h.contract_id from contract_changes h join contracts c on c.id = h.contract_id
         where h.state = 'approved' and h.takes_effect_on <= $1 and c.state = 'active' order by h.takes_effect_on, h.id",
        date
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| (ChangeId(row.id), ContractId(row.contract_id))).collect())
}

/// Contracts whose pause is over on `date`.
pub async fn pauses_over(connection: &mut Connection, date: NaiveDate) -> Result<Vec<ContractId>> {
    let ids = sqlx::query_scalar!(
        "select distinct contract_id from holds
         where reason = 'pause' and lifted_on is null and evidence ->> 'kind' = 'pause'
           and (evidence ->> 'until')::date <= $1 order by 1",
        date
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(ContractId).collect())
}

/// Newest first, those that wait for a decision before the others.
pub async fn list(connection: &mut Connection, filter: &ChangeFilter) -> Result<Page<ChangeRow>> {
    let (words, state) = (words(filter.search.as_deref()), filter.state.map(ChangeStateName::word));
    let contract = filter.contract.map(|id| id.0);
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!"
           from contract_changes h join contracts c on c.id = h.contract_id join customers u on u.id = c.customer_id
           where ($1::bigint is null or h.contract_id = $1) and ($2::text is null or h.state = $2)
             and ($3::text is null or plain(c.code || ' ' || u.name) like plain($3))
             and ($4::text is null or plain(c.code || ' ' || u.name) like all (string_to_array(plain($4), ' ')))"#,
        contract,
        state,
        words.longest,
        words.all
    )
    .fetch_one(&mut *connection)
    .await?;
    let rows = sqlx::query_as!(
        Row,
        r#"select h.id, h.contract_id, c.code, c.customer_id, u.name as customer, h.summary, h.timing, h.state,
                  h.takes_effect_on, h.reject_reason, h.requested_at, h.requested_by_name
           from contract_changes h join contracts c on c.id = h.contract_id join customers u on u.id = c.customer_id
           where ($1::bigint is null or h.contract_id = $1) and ($2::text is null or h.state = $2)
             and ($3::text is null or plain(c.code || ' ' || u.name) like plain($3))
             and ($4::text is null or plain(c.code || ' ' || u.name) like all (string_to_array(plain($4), ' ')))
           order by (h.state = 'requested') desc, h.id desc limit $5 offset $6"#,
        contract,
        state,
        words.longest,
        words.all,
        filter.page.rows(),
        filter.page.offset()
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(Row::view).collect::<Result<_>>()?;
    Ok(Page { rows, total, number: filter.page.0.max(1) })
}

/// What was asked for last of a contract.
pub async fn latest(connection: &mut Connection, contract: ContractId) -> Result<Option<ChangeRow>> {
    let filter = ChangeFilter { contract: Some(contract), ..ChangeFilter::default() };
    Ok(list(connection, &filter).await?.rows.into_iter().next())
}

struct Row {
    id: i64,
    contract_id: i64,
    code: String,
    customer_id: i64,
    customer: String,
    summary: serde_json::Value,
    timing: String,
    state: String,
    takes_effect_on: Option<NaiveDate>,
    reject_reason: Option<String>,
    requested_at: DateTime<Utc>,
    requested_by_name: String,
}

impl Row {
    fn view(self) -> Result<ChangeRow> {
        Ok(ChangeRow {
            id: ChangeId(self.id),
            contract: Choice { id: ContractId(self.contract_id), name: self.code },
            customer: Choice { id: CustomerId(self.customer_id), name: self.customer },
            summary: serde_json::from_value(self.summary)?,
            timing: self.timing.parse()?,
            state: state(&self.state, self.takes_effect_on, self.reject_reason)?,
            requested_at: self.requested_at,
            requested_by: self.requested_by_name,
        })
    }
}

/// The columns of a state as one value.
fn state(name: &str, on: Option<NaiveDate>, reason: Option<String>) -> Result<ChangeState> {
    let state = match name.parse()? {
        ChangeStateName::Requested => Some(ChangeState::Requested),
        ChangeStateName::Approved => on.map(|on| ChangeState::Approved { on }),
        ChangeStateName::Applied => on.map(|on| ChangeState::Applied { on }),
        ChangeStateName::Rejected => reason.map(|reason| ChangeState::Rejected { reason }),
        ChangeStateName::Withdrawn => Some(ChangeState::Withdrawn),
    };
    state.ok_or_else(|| Error::Unknown(format!("a change that is {name} without its data")))
}
