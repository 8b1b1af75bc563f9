//! Jobs that ended long ago go, with what was said for them. What a person must still look at stays.

use chrono::{DateTime, Utc};

use crate::{Connection, Result};

/// Jobs that ended before `before` and that nobody must look at any more.
pub async fn count_old(connection: &mut Connection, before: DateTime<Utc>) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from jobs where finished_at < $1 and id not in (select id from jobs_unresolved)"#,
        before,
    );
    Ok(count.fetch_one(connection).await?)
}

/// Removes at most so many of them, the oldest first: one that was given up never outlives the newer one that took it up.
pub async fn prune(connection: &mut Connection, before: DateTime<Utc>, at_most: i64) -> Result<u64> {
    let pruned = sqlx::query!(
        "delete from jobs where id in (
            select id from jobs where finished_at < $1 and id not in (select id from jobs_unresolved)
            order by id limit $2)",
        before,
        at_most,
    );
    Ok(pruned.execute(connection).await?.rows_affected())
}
