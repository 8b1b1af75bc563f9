//! Old scans go; the newest of each router stays, however old.

use chrono::{DateTime, Utc};

use crate::{Connection, Result};

pub async fn count_old(connection: &mut Connection, before: DateTime<Utc>) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from scans s where requested_at < $1
           and exists (select from scans n where n.router_id = s.router_id and n.id > s.id)"#,
        before,
    );
    Ok(count.fetch_one(connection).await?)
}

/// Removes at most so many.
pub async fn prune(connection: &mut Connection, before: DateTime<Utc>, at_most: i64) -> Result<u64> {
    let pruned = sqlx::query!(
        "delete from scans where id in (
            select id from scans s where requested_at < $1
              and exists (select from scans n where n.router_id = s.router_id and n.id > s.id)
            order by id limit $2)",
        before,
        at_most,
    );
    Ok(pruned.execute(connection).await?.rows_affected())
}
