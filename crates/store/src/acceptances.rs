//! Contracts that their customers accepted in the portal.

use chrono::{DateTime, Utc};
use domain::ids::{ContractId, FileId, UserId};
use domain::portal::Terms;
use domain::views::portal_people::Acceptance;

use crate::{Connection, Error, Result};

pub struct NewAcceptance<'a> {
    pub contract: ContractId,
    pub terms: &'a Terms,
    pub file: FileId,
    pub name: &'a str,
    pub at: DateTime<Utc>,
    pub by: UserId,
    pub address: &'a str,
    pub user_agent: &'a str,
}

/// # Errors
/// `Taken` when the contract was accepted as it is.
pub async fn add(connection: &mut Connection, new: NewAcceptance<'_>) -> Result<i64> {
    let id = sqlx::query_scalar!(
        "insert into contract_acceptances (contract_id, terms, file_id, name, accepted_at, accepted_by, address, user_agent)
         values ($1, $2, $3, $4, $5, $6, $7, $8) returning id",
        new.contract.0,
        new.terms.as_slice(),
        new.file.0,
        new.name,
        new.at,
        new.by.0,
        new.address,
        new.user_agent
    );
    Ok(id.fetch_one(connection).await?)
}

/// What was accepted of a contract, each time.
pub async fn terms(connection: &mut Connection, contract: ContractId) -> Result<Vec<Terms>> {
    let rows = sqlx::query_scalar!("select terms from contract_acceptances where contract_id = $1", contract.0);
    rows.fetch_all(connection).await?.into_iter().map(read).collect()
}

/// Who accepted a contract, the newest first; `now` is what it agrees to now.
pub async fn of_contract(connection: &mut Connection, contract: ContractId, now: &Terms) -> Result<Vec<Acceptance>> {
    let rows = sqlx::query!(
        r#"select a.name, u.name as user_name, a.accepted_at, a.address, a.user_agent, a.file_id, a.terms,
                  encode(f.sha256, 'hex') as "sha256!"
           from contract_acceptances a join users u on u.id = a.accepted_by join files f on f.id = a.file_id
           where a.contract_id = $1 order by a.id desc"#,
        contract.0
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| Acceptance {
        name: row.name,
        user: row.user_name,
        at: row.accepted_at,
        address: row.address,
        user_agent: row.user_agent,
        file: FileId(row.file_id),
        sha256: row.sha256,
        is_current: row.terms == now,
    });
    Ok(rows.collect())
}

fn read(stored: Vec<u8>) -> Result<Terms> {
    stored.try_into().map_err(|_| Error::Unknown("a digest of 32 bytes".to_owned()))
}
