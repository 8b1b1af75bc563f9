//! What routers were last read to hold of what they need once.

use chrono::{DateTime, Utc};
use domain::ids::RouterId;
use domain::network::{BaseObservation, ObservedRow};

use crate::{Connection, Error, Result};

/// As it was read last.
#[derive(Clone, Debug)]
pub struct Base {
    pub as_wanted: bool,
    pub since: DateTime<Utc>,
    pub read_at: DateTime<Utc>,
    /// The version of what was wanted then.
    pub wanted: String,
    pub rows: Vec<ObservedRow>,
}

pub async fn base(connection: &mut Connection, router: RouterId) -> Result<Option<Base>> {
    let row = sqlx::query!(
        "select as_wanted, since, read_at, wanted, evidence from router_bases where router_id = $1",
        router.0
    )
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        let (as_wanted, since, read_at, wanted) = (row.as_wanted, row.since, row.read_at, row.wanted);
        Ok(Base { as_wanted, since, read_at, wanted, rows: serde_json::from_value(row.evidence)? })
    })
    .transpose()
}

/// What was read at `at`, and of which version of what is wanted. Its date moves only when it changes.
pub async fn save_base(
    connection: &mut Connection,
    router: RouterId,
    observation: &BaseObservation,
    wanted: &str,
    at: DateTime<Utc>,
) -> Result<()> {
    let evidence = serde_json::to_value(&observation.rows).map_err(|error| Error::Unknown(error.to_string()))?;
    sqlx::query!(
        "insert into router_bases (router_id, as_wanted, since, read_at, wanted, evidence) values ($1, $2, $4, $4, $3, $5)
         on conflict (router_id) do update
            set since = case when router_bases.as_wanted = $2 and router_bases.wanted = $3 then router_bases.since else $4 end,
                as_wanted = $2, read_at = $4, wanted = $3, evidence = $5",
        router.0,
        observation.as_wanted,
        wanted,
        at,
        evidence,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Every router, and the version that it was last read to hold as a whole.
pub async fn base_versions(connection: &mut Connection) -> Result<Vec<(RouterId, Option<String>)>> {
    let rows = sqlx::query!(
        r#"select r.id, case when b.as_wanted then b.wanted end as wanted
           from routers r left join router_bases b on b.router_id = r.id order by r.id"#
    );
    let rows = rows.fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| (RouterId(row.id), row.wanted)).collect())
}
