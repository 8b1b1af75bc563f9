//! One worker at a time talks to a router, and what it learnt of it.

use chrono::{DateTime, Utc};
use domain::ids::RouterId;
use domain::network::{Because, RouterIdentity};

use super::records::{AccessRow, RouterAccess};
use crate::jobs::Lease;
use crate::{Connection, Error, Result};

/// A router that this worker may talk to, and how often it was tried in vain.
#[derive(Clone, Debug)]
pub struct LeasedRouter {
    pub access: RouterAccess,
    pub failures: i32,
}

/// The free router with the most urgent due job. Those that answered last time come first, so that dead ones cost
/// the others nothing; one that failed is left alone until its time.
pub async fn lease(connection: &mut Connection, lease: Lease<'_>) -> Result<Option<LeasedRouter>> {
    let row = sqlx::query!(
        r#"update routers set leased_by = $1, leased_until = $3
           where id = (
                select r.id from routers r
                cross join lateral (select priority, run_at from jobs
                                    where router_id = r.id and state = 'waiting' and run_at <= $2
                                    order by priority, run_at limit 1) as due
                where (r.leased_until is null or r.leased_until <= $2) and (r.retry_at is null or r.retry_at <= $2)
                order by r.failures > 0, due.priority, due.run_at, r.id
                for update of r skip locked limit 1)
           returning id, name, host, port, certificate_sha256, username, password_encrypted, mode,
                     host(pppoe_local_address) as pppoe_local_address, pppoe_pool, ipv6_pool, dhcp_server, limit_by, failures"#,
        lease.worker,
        lease.now,
        lease.until,
    )
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        let failures = row.failures;
        let access = AccessRow {
            id: row.id,
            name: row.name,
            host: row.host,
            port: row.port,
            certificate_sha256: row.certificate_sha256,
            username: row.username,
            password_encrypted: row.password_encrypted,
            mode: row.mode,
            pppoe_local_address: row.pppoe_local_address,
            pppoe_pool: row.pppoe_pool,
            ipv6_pool: row.ipv6_pool,
            dhcp_server: row.dhcp_server,
            limit_by: row.limit_by,
        };
        Ok(LeasedRouter { access: access.access()?, failures })
    })
    .transpose()
}

/// This one, whatever is due there. False when somebody else talks to it.
pub async fn lease_one(connection: &mut Connection, id: RouterId, lease: Lease<'_>) -> Result<bool> {
    let leased = sqlx::query!(
        "update routers set leased_by = $2, leased_until = $4
         where id = $1 and (leased_until is null or leased_until <= $3)",
        id.0,
        lease.worker,
        lease.now,
        lease.until,
    )
    .execute(connection)
    .await?;
    Ok(leased.rows_affected() > 0)
}

/// Lets others talk to it.
pub async fn unlease(connection: &mut Connection, id: RouterId, worker: &str) -> Result<()> {
    sqlx::query!(
        "update routers set leased_by = null, leased_until = null where id = $1 and leased_by = $2",
        id.0,
        worker,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// It answered, and said this of itself.
pub async fn reached(
    connection: &mut Connection,
    id: RouterId,
    identity: &RouterIdentity,
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update routers set board = $2, version = $3, reached_at = $4, failed_at = null, failure = null, failures = 0,
                retry_at = null
         where id = $1",
        id.0,
        identity.board,
        identity.version,
        at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// It did not answer. All its jobs wait until `retry_at`, and none of them pays for it with an attempt.
pub async fn failed(
    connection: &mut Connection,
    id: RouterId,
    because: &Because,
    at: DateTime<Utc>,
    retry_at: DateTime<Utc>,
) -> Result<()> {
    let because = serde_json::to_value(because).map_err(|error| Error::Unknown(error.to_string()))?;
    sqlx::query!(
        "update routers set failed_at = coalesce(failed_at, $3), failure = $2, failures = failures + 1, retry_at = $4
         where id = $1",
        id.0,
        because,
        at,
        retry_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Whoever has work there may try it now. False when nothing kept them from it.
pub async fn close_breaker(connection: &mut Connection, id: RouterId) -> Result<bool> {
    let closed = sqlx::query!("update routers set retry_at = null where id = $1 and retry_at is not null", id.0);
    let closed = closed.execute(&mut *connection).await?.rows_affected() > 0;
    crate::jobs::wake(connection).await?;
    Ok(closed)
}
