//! Holds: why a customer may use less than was sold. Placed once and lifted once, never edited.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{ContractId, CustomerId, HoldId, UserId};
use domain::service::{HoldEffect, HoldEvidence, HoldReason};
use domain::timeline::LiftReason;

use crate::{Connection, Error, Result};

/// A hold that has not been lifted.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenHold {
    pub id: HoldId,
    pub reason: HoldReason,
    pub effect: HoldEffect,
    pub evidence: HoldEvidence,
    pub placed_on: NaiveDate,
    pub placed_at: DateTime<Utc>,
    pub placed_by: Option<String>,
}

/// A hold to place. `placed_by` is `None` when a rule placed it.
#[derive(Clone, Debug)]
pub struct NewHold<'a> {
    pub contract: ContractId,
    pub reason: HoldReason,
    pub effect: HoldEffect,
    pub evidence: &'a HoldEvidence,
    pub on: NaiveDate,
    pub at: DateTime<Utc>,
    pub by: Option<UserId>,
}

/// Who lifts a hold, when and why.
#[derive(Clone, Debug)]
pub struct Lift<'a> {
    pub on: NaiveDate,
    pub at: DateTime<Utc>,
    pub by: Option<UserId>,
    pub because: &'a LiftReason,
}

/// The open holds of a contract, oldest first.
pub async fn open(connection: &mut Connection, contract: ContractId) -> Result<Vec<OpenHold>> {
    let rows = sqlx::query!(
        r#"select h.id, h.reason, h.effect, h.evidence, h.placed_on, h.placed_at, u.name as "placed_by?"
           from holds h left join users u on u.id = h.placed_by
           where h.contract_id = $1 and h.lifted_on is null order by h.id"#,
        contract.0
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            Ok(OpenHold {
                id: HoldId(row.id),
                reason: row.reason.parse()?,
                effect: row.effect.parse()?,
                evidence: serde_json::from_value(row.evidence).map_err(unknown)?,
                placed_on: row.placed_on,
                placed_at: row.placed_at,
                placed_by: row.placed_by,
            })
        })
        .collect()
}

/// # Errors
/// `Taken` with `holds_open` when there is an open one with the same reason and effect.
pub async fn place(connection: &mut Connection, hold: &NewHold<'_>) -> Result<HoldId> {
    let evidence = serde_json::to_value(hold.evidence).map_err(unknown)?;
    let id = sqlx::query_scalar!(
        "insert into holds (contract_id, reason, effect, evidence, placed_on, placed_at, placed_by)
         values ($1, $2, $3, $4, $5, $6, $7) returning id",
        hold.contract.0,
        hold.reason.word(),
        hold.effect.word(),
        evidence,
        hold.on,
        hold.at,
        hold.by.map(|id| id.0)
    );
    Ok(HoldId(id.fetch_one(connection).await?))
}

/// # Errors
/// `NotFound` when it was lifted already.
pub async fn lift(connection: &mut Connection, hold: HoldId, lift: &Lift<'_>) -> Result<()> {
    let because = serde_json::to_value(lift.because).map_err(unknown)?;
    let lifted = sqlx::query!(
        "update holds set lifted_on = $2, lifted_at = $3, lifted_by = $4, lifted_because = $5
         where id = $1 and lifted_on is null",
        hold.0,
        lift.on,
        lift.at,
        lift.by.map(|id| id.0),
        because
    );
    if lifted.execute(connection).await?.rows_affected() == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// The contracts of a customer that are active.
pub async fn active_contracts(connection: &mut Connection, customer: CustomerId) -> Result<Vec<ContractId>> {
    let ids = sqlx::query_scalar!(
        "select id from contracts where customer_id = $1 and state = 'active' order by id",
        customer.0
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(ContractId).collect())
}

fn unknown(error: impl std::fmt::Display) -> Error {
    Error::Unknown(error.to_string())
}
