//! Writing jobs down, in the transaction of what causes them.

use chrono::{DateTime, Utc};
use domain::ids::{HotspotId, MessageId, RouterId, ServiceId};
use domain::views::jobs::JobKind;

use crate::{Connection, Result};

/// What drifted is mended after everything that somebody asked for.
pub const DRIFT: i16 = 80;
/// Reading a whole router comes last.
pub const SCAN: i16 = 90;

/// When a job is first due, and how often it is tried before a person is asked.
#[derive(Clone, Copy, Debug)]
pub struct NewJob {
    pub at: DateTime<Utc>,
    pub max_attempts: i32,
}

/// A job about something else than a service, at a router.
#[derive(Clone, Copy, Debug)]
pub struct NewRouterWork {
    pub kind: JobKind,
    pub subject: i64,
    pub router: RouterId,
    pub priority: i16,
}

/// One waiting job for each service at its router; a job that waits already becomes due, and keeps its count of
/// attempts. Who gets service back goes before who loses it, and both before the rest.
///
/// `priority`: not by what it does for the customer, but this.
pub async fn enqueue_provisions(
    connection: &mut Connection,
    services: &[ServiceId],
    job: NewJob,
    priority: Option<i16>,
) -> Result<()> {
    let services: Vec<i64> = services.iter().map(|id| id.0).collect();
    sqlx::query!(
        "insert into jobs (kind, subject_id, router_id, priority, state, max_attempts, run_at, created_at)
         select 'provision', s.id, s.router_id,
                case when $4::smallint is not null then $4
                     when c.service_state = 'active' and s.technical_state in ('suspended', 'cut') then 10
                     when c.state = 'closed' or c.service_state in ('suspended', 'disabled', 'removal_list') then 20
                     else 50 end,
                'waiting', $3, $2, $2
         from services s join contracts c on c.id = s.contract_id
         where s.id = any($1)
         order by s.id
         on conflict (kind, subject_id, router_id) where state = 'waiting' do update
            set priority = least(jobs.priority, excluded.priority), run_at = least(jobs.run_at, excluded.run_at)",
        &services,
        job.at,
        job.max_attempts,
        priority,
    )
    .execute(&mut *connection)
    .await?;
    wake(connection).await
}

/// Work at a router where the service no longer belongs: what it left there is to be removed.
pub async fn enqueue_removal(
    connection: &mut Connection,
    service: ServiceId,
    left: RouterId,
    job: NewJob,
) -> Result<()> {
    sqlx::query!(
        "insert into jobs (kind, subject_id, router_id, state, max_attempts, run_at, created_at)
         values ('provision', $1, $2, 'waiting', $4, $3, $3)
         on conflict (kind, subject_id, router_id) where state = 'waiting' do update
            set run_at = least(jobs.run_at, excluded.run_at)",
        service.0,
        left.0,
        job.at,
        job.max_attempts,
    )
    .execute(&mut *connection)
    .await?;
    wake(connection).await
}

/// One waiting job for each subject at a router.
pub async fn enqueue_at_router(connection: &mut Connection, work: NewRouterWork, job: NewJob) -> Result<()> {
    sqlx::query!(
        "insert into jobs (kind, subject_id, router_id, priority, state, max_attempts, run_at, created_at)
         values ($1, $2, $3, $4, 'waiting', $6, $5, $5)
         on conflict (kind, subject_id, router_id) where state = 'waiting' do update
            set priority = least(jobs.priority, excluded.priority), run_at = least(jobs.run_at, excluded.run_at)",
        work.kind.word(),
        work.subject,
        work.router.0,
        work.priority,
        job.at,
        job.max_attempts,
    )
    .execute(&mut *connection)
    .await?;
    wake(connection).await
}

/// What a router needs once is to be there. Before the customers who count on it, after those who wait for service.
pub async fn enqueue_base(connection: &mut Connection, router: RouterId, job: NewJob) -> Result<()> {
    sqlx::query!(
        "insert into jobs (kind, subject_id, router_id, priority, state, max_attempts, run_at, created_at)
         values ('base', $1, $1, 15, 'waiting', $3, $2, $2)
         on conflict (kind, subject_id, router_id) where state = 'waiting' do update
            set run_at = least(jobs.run_at, excluded.run_at)",
        router.0,
        job.at,
        job.max_attempts,
    )
    .execute(&mut *connection)
    .await?;
    wake(connection).await
}

/// A message that was written down is to be sent, at `job.at` or later.
pub async fn enqueue_message(connection: &mut Connection, message: MessageId, job: NewJob) -> Result<()> {
    sqlx::query!(
        "insert into jobs (kind, subject_id, state, max_attempts, run_at, created_at)
         values ('message', $1, 'waiting', $3, $2, $2)",
        message.0,
        job.at,
        job.max_attempts,
    )
    .execute(&mut *connection)
    .await?;
    wake(connection).await
}

/// A look at each hotspot at its router, not later than `job.at`. Looks go after customers' services, unless somebody
/// has to be put out (`is_urgent`).
pub async fn enqueue_hotspots(
    connection: &mut Connection,
    hotspots: &[HotspotId],
    is_urgent: bool,
    now: DateTime<Utc>,
    job: NewJob,
) -> Result<()> {
    let hotspots: Vec<i64> = hotspots.iter().map(|id| id.0).collect();
    sqlx::query!(
        "insert into jobs (kind, subject_id, router_id, priority, state, max_attempts, run_at, created_at)
         select 'hotspot', h.id, h.router_id, $5, 'waiting', $4, $3, $2 from hotspots h where h.id = any($1)
         order by h.id
         on conflict (kind, subject_id, router_id) where state = 'waiting' do update
            set priority = least(jobs.priority, excluded.priority), run_at = least(jobs.run_at, excluded.run_at)",
        &hotspots,
        now,
        job.at,
        job.max_attempts,
        if is_urgent { 20_i16 } else { 60 },
    )
    .execute(&mut *connection)
    .await?;
    wake(connection).await
}

/// A scan, or a router on its way to become ours; one that waits already becomes due.
pub async fn enqueue_onboarding(connection: &mut Connection, kind: JobKind, subject: i64, job: NewJob) -> Result<()> {
    sqlx::query!(
        "insert into jobs (kind, subject_id, state, max_attempts, run_at, created_at)
         values ($1, $2, 'waiting', $4, $3, $3)
         on conflict (kind, subject_id, router_id) where state = 'waiting' do update
            set run_at = least(jobs.run_at, excluded.run_at)",
        kind.word(),
        subject,
        job.at,
        job.max_attempts,
    )
    .execute(&mut *connection)
    .await?;
    wake(connection).await
}

pub(crate) async fn wake(connection: &mut Connection) -> Result<()> {
    sqlx::query!("select pg_notify($1, '')", super::CHANNEL).execute(connection).await?;
    Ok(())
}
