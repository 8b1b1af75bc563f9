//! Taking jobs. Whoever claims holds them for a time only: what a stopped worker held comes back by itself.

use chrono::{DateTime, Utc};
use domain::ids::{AdoptionId, HotspotId, JobId, MessageId, RouterId, ScanId, ServiceId};
use domain::views::jobs::JobKind;

use crate::{Connection, Error, Result};

/// Who takes something, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Lease<'a> {
    /// One name for each claim: a lease that ran out cannot be mistaken for the present one.
    pub worker: &'a str,
    pub now: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

/// A job that is being done.
#[derive(Clone, Debug)]
pub struct ClaimedJob<Subject> {
    pub id: JobId,
    pub subject: Subject,
    /// Tries, with this one.
    pub attempts: i32,
    pub max_attempts: i32,
    pub leased_by: String,
}

/// What there is to do at a router.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RouterWork {
    /// A service is to be what its contract says.
    Service(ServiceId),
    /// What the router needs once.
    Base,
    /// All of it is read.
    Scan(ScanId),
    /// Rows of another system become ours.
    Adopt(AdoptionId),
}

impl<Subject> ClaimedJob<Subject> {
    /// The same job, about something that is known better.
    pub fn about<Other>(&self, subject: Other) -> ClaimedJob<Other> {
        let Self { id, attempts, max_attempts, .. } = *self;
        ClaimedJob { id, subject, attempts, max_attempts, leased_by: self.leased_by.clone() }
    }
}

/// The due jobs of a router that the same worker leased, the most urgent first; looks at hotspots come after them.
pub async fn claim_at_router(
    connection: &mut Connection,
    router: RouterId,
    lease: Lease<'_>,
    at_most: i64,
) -> Result<Vec<ClaimedJob<RouterWork>>> {
    let mut rows = sqlx::query!(
        "update jobs set state = 'running', attempts = attempts + 1, leased_by = $2, leased_until = $4
         where id in (select id from jobs where router_id = $1 and kind <> 'hotspot' and state = 'waiting' and run_at <= $3
                      order by priority, run_at, id limit $5 for update skip locked)
         returning id, kind, subject_id, priority, run_at, attempts, max_attempts",
        router.0,
        lease.worker,
        lease.now,
        lease.until,
        at_most,
    )
    .fetch_all(connection)
    .await?;
    rows.sort_by_key(|row| (row.priority, row.run_at, row.id));
    let claimed = rows.into_iter().map(|row| {
        let subject = match row.kind.parse()? {
            JobKind::Provision => RouterWork::Service(ServiceId(row.subject_id)),
            JobKind::Base => RouterWork::Base,
            JobKind::Drift => RouterWork::Scan(ScanId(row.subject_id)),
            JobKind::Adopt => RouterWork::Adopt(AdoptionId(row.subject_id)),
            JobKind::Message
            | JobKind::Hotspot
            | JobKind::Scan
            | JobKind::Onboard
            | JobKind::LeaseScript
            | JobKind::Gateway
            | JobKind::Preview => {
                return Err(Error::Unknown(format!("job {} is no work at a router", row.id)));
            }
        };
        Ok(ClaimedJob {
            id: JobId(row.id),
            subject,
            attempts: row.attempts,
            max_attempts: row.max_attempts,
            leased_by: lease.worker.to_owned(),
        })
    });
    claimed.collect()
}

/// The due look at the hotspot of a router that the same worker leased. None after the router has just failed.
pub async fn claim_hotspot(
    connection: &mut Connection,
    router: RouterId,
    lease: Lease<'_>,
) -> Result<Option<ClaimedJob<HotspotId>>> {
    let row = sqlx::query!(
        "update jobs set state = 'running', attempts = attempts + 1, leased_by = $2, leased_until = $4
         where id = (select j.id from jobs j join routers r on r.id = j.router_id
                     where j.router_id = $1 and j.kind = 'hotspot' and j.state = 'waiting' and j.run_at <= $3
                       and (r.retry_at is null or r.retry_at <= $3)
                     order by j.priority, j.run_at, j.id limit 1 for update of j skip locked)
         returning id, subject_id, attempts, max_attempts",
        router.0,
        lease.worker,
        lease.now,
        lease.until,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| ClaimedJob {
        id: JobId(row.id),
        subject: HotspotId(row.subject_id),
        attempts: row.attempts,
        max_attempts: row.max_attempts,
        leased_by: lease.worker.to_owned(),
    }))
}

pub async fn claim_message(connection: &mut Connection, lease: Lease<'_>) -> Result<Option<ClaimedJob<MessageId>>> {
    let row = sqlx::query!(
        "update jobs set state = 'running', attempts = attempts + 1, leased_by = $1, leased_until = $3
         where id = (select id from jobs where router_id is null and kind = 'message' and state = 'waiting' and run_at <= $2
                     order by priority, run_at, id limit 1 for update skip locked)
         returning id, subject_id, attempts, max_attempts",
        lease.worker,
        lease.now,
        lease.until,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| ClaimedJob {
        id: JobId(row.id),
        subject: MessageId(row.subject_id),
        attempts: row.attempts,
        max_attempts: row.max_attempts,
        leased_by: lease.worker.to_owned(),
    }))
}

/// The most urgent scan, onboarding or script that is due.
pub async fn claim_onboarding(
    connection: &mut Connection,
    lease: Lease<'_>,
) -> Result<Option<(JobKind, ClaimedJob<i64>)>> {
    let row = sqlx::query!(
        "update jobs set state = 'running', attempts = attempts + 1, leased_by = $1, leased_until = $3
         where id = (select id from jobs where router_id is null and kind in ('scan_network', 'onboard', 'lease_script')
                                           and state = 'waiting' and run_at <= $2
                     order by priority, run_at, id limit 1 for update skip locked)
         returning id, kind, subject_id, attempts, max_attempts",
        lease.worker,
        lease.now,
        lease.until,
    )
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        let job = ClaimedJob {
            id: JobId(row.id),
            subject: row.subject_id,
            attempts: row.attempts,
            max_attempts: row.max_attempts,
            leased_by: lease.worker.to_owned(),
        };
        Ok((row.kind.parse()?, job))
    })
    .transpose()
}

/// Jobs whose worker did not come back in time; locked, and skipped when somebody else has them.
pub async fn expired(connection: &mut Connection, now: DateTime<Utc>) -> Result<Vec<ClaimedJob<i64>>> {
    let rows = sqlx::query!(
        r#"select id, subject_id, attempts, max_attempts, leased_by as "leased_by!"
           from jobs where state = 'running' and leased_until <= $1 order by id for update skip locked"#,
        now,
    )
    .fetch_all(connection)
    .await?;
    let expired = rows.into_iter().map(|row| ClaimedJob {
        id: JobId(row.id),
        subject: row.subject_id,
        attempts: row.attempts,
        max_attempts: row.max_attempts,
        leased_by: row.leased_by,
    });
    Ok(expired.collect())
}

/// Whether a worker holds any job still.
pub async fn holds(connection: &mut Connection, worker: &str) -> Result<bool> {
    let held = sqlx::query_scalar!(
        r#"select exists (select from jobs where state = 'running' and leased_by = $1) as "held!""#,
        worker,
    );
    Ok(held.fetch_one(connection).await?)
}

/// Ends everything that a worker holds, now: its jobs count as left by it, its routers are free.
pub async fn release(connection: &mut Connection, worker: &str, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!("update jobs set leased_until = $2 where state = 'running' and leased_by = $1", worker, now)
        .execute(&mut *connection)
        .await?;
    sqlx::query!("update routers set leased_by = null, leased_until = null where leased_by = $1", worker)
        .execute(connection)
        .await?;
    Ok(())
}
