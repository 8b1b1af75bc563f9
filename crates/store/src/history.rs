//! The audit (who changed what) and the timeline (what happened to a contract).

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{ContractId, CustomerId, UserId};
use domain::timeline::Event;
use serde_json::Value;

use crate::{Connection, Result};

/// A line of the audit. `before` and `after` hold no secrets: the caller masks them.
pub struct NewAudit<'a> {
    pub at: DateTime<Utc>,
    pub actor: Option<UserId>,
    pub actor_name: &'a str,
    pub verb: &'a str,
    pub subject_kind: &'a str,
    pub subject_id: i64,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

pub async fn add_audit(connection: &mut Connection, line: NewAudit<'_>) -> Result<()> {
    sqlx::query!(
        "insert into audit (at, actor_id, actor_name, verb, subject_kind, subject_id, before, after)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        line.at,
        line.actor.map(|id| id.0),
        line.actor_name,
        line.verb,
        line.subject_kind,
        line.subject_id,
        line.before,
        line.after,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// An entry of the timeline. Customers read it when the event is for them.
pub struct NewEvent<'a> {
    pub at: DateTime<Utc>,
    pub on: NaiveDate,
    pub customer: CustomerId,
    pub contract: Option<ContractId>,
    pub event: &'a Event,
    pub actor: Option<UserId>,
    pub actor_name: &'a str,
}

pub async fn add_events(connection: &mut Connection, entries: &[NewEvent<'_>]) -> Result<()> {
    let events: Vec<Value> = entries
        .iter()
        .map(|entry| serde_json::to_value(entry.event))
        .collect::<std::result::Result<_, _>>()
        .map_err(|error| crate::Error::Unknown(error.to_string()))?;
    let at: Vec<_> = entries.iter().map(|entry| entry.at).collect();
    let on: Vec<_> = entries.iter().map(|entry| entry.on).collect();
    let customers: Vec<_> = entries.iter().map(|entry| entry.customer.0).collect();
    let contracts: Vec<_> = entries.iter().map(|entry| entry.contract.map(|id| id.0)).collect();
    let shown: Vec<_> = entries.iter().map(|entry| entry.event.is_for_customer()).collect();
    let actors: Vec<_> = entries.iter().map(|entry| entry.actor.map(|id| id.0)).collect();
    let names: Vec<_> = entries.iter().map(|entry| entry.actor_name.to_owned()).collect();
    sqlx::query!(
        "insert into timeline (at, on_date, customer_id, contract_id, event, for_customer, actor_id, actor_name)
         select * from unnest($1::timestamptz[], $2::date[], $3::bigint[], $4::bigint[], $5::jsonb[], $6::boolean[],
                              $7::bigint[], $8::text[])",
        &at,
        &on,
        &customers,
        &contracts as &[Option<i64>],
        &events,
        &shown,
        &actors as &[Option<i64>],
        &names,
    )
    .execute(connection)
    .await?;
    Ok(())
}
