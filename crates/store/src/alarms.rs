//! Alarms that were raised about nights: each once.

use chrono::{DateTime, NaiveDate, Utc};
use domain::contact::{Email, Language};
use domain::role::Role;

use crate::{Connection, Error, Result};

/// Notes an alarm; false when it was raised before.
pub async fn raise(connection: &mut Connection, kind: &str, date: NaiveDate, at: DateTime<Utc>) -> Result<bool> {
    let raised = sqlx::query!(
        "insert into alarms (kind, business_date, raised_at) values ($1, $2, $3) on conflict do nothing",
        kind,
        date,
        at
    );
    Ok(raised.execute(connection).await?.rows_affected() == 1)
}

/// Somebody who is told.
#[derive(Clone, Debug)]
pub struct Watcher {
    pub name: String,
    pub email: Email,
    pub language: Language,
}

/// The users of these roles who can sign in.
pub async fn watchers(connection: &mut Connection, roles: &[Role]) -> Result<Vec<Watcher>> {
    let roles: Vec<String> = roles.iter().map(|role| role.word().to_owned()).collect();
    let rows = sqlx::query!(
        "select name, email, language from users where role = any($1) and disabled_at is null order by id",
        &roles
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            let email = row.email.parse().map_err(|_| Error::Unknown(format!("the address {}", row.email)))?;
            Ok(Watcher { name: row.name, email, language: row.language.parse()? })
        })
        .collect()
}
