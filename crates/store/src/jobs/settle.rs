//! How a job's try ended.

use chrono::{DateTime, Utc};
use domain::ids::JobId;
use domain::network::Because;
use domain::views::jobs::JobState;
use serde_json::Value;

use crate::{Connection, Error, Result};

/// A command that was sent, or on a dry run would have been; secrets are masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewExchange {
    pub sent: bool,
    pub command: String,
    pub answer: Option<String>,
}

/// Locks a job that the worker still holds. False when its lease ran out and somebody else took it.
pub async fn still_leased(connection: &mut Connection, job: JobId, worker: &str) -> Result<bool> {
    let row = sqlx::query!(
        "select id from jobs where id = $1 and state = 'running' and leased_by = $2 for update",
        job.0,
        worker,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.is_some())
}

/// A worker that is seen to go on with a job holds it until then; nothing happens to a job that somebody else has by now.
pub async fn hold_on(connection: &mut Connection, job: JobId, worker: &str, until: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "update jobs set leased_until = $3 where id = $1 and state = 'running' and leased_by = $2",
        job.0,
        worker,
        until,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Those of these jobs that the worker still holds; locked, in the order of their ids.
pub async fn all_still_leased(connection: &mut Connection, jobs: &[JobId], worker: &str) -> Result<Vec<JobId>> {
    let jobs: Vec<i64> = jobs.iter().map(|job| job.0).collect();
    let held = sqlx::query_scalar!(
        "select id from jobs where id = any($1) and state = 'running' and leased_by = $2 order by id for update",
        &jobs,
        worker,
    )
    .fetch_all(connection)
    .await?;
    Ok(held.into_iter().map(JobId).collect())
}

/// What was said for each of these jobs, in the order in which it was said.
pub async fn add_exchanges(
    connection: &mut Connection,
    at: DateTime<Utc>,
    exchanges: &[(JobId, NewExchange)],
) -> Result<()> {
    let jobs: Vec<_> = exchanges.iter().map(|(job, _)| job.0).collect();
    let sent: Vec<_> = exchanges.iter().map(|(_, exchange)| exchange.sent).collect();
    let commands: Vec<_> = exchanges.iter().map(|(_, exchange)| exchange.command.clone()).collect();
    let answers: Vec<_> = exchanges.iter().map(|(_, exchange)| exchange.answer.clone()).collect();
    sqlx::query!(
        "insert into job_exchanges (job_id, at, sent, command, answer)
         select job, $1, sent, command, answer
         from unnest($2::bigint[], $3::boolean[], $4::text[], $5::text[]) with ordinality
              as said (job, sent, command, answer, place) order by place",
        at,
        &jobs,
        &sent,
        &commands,
        &answers as &[Option<String>],
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends a job that is running or waiting.
pub async fn finish(
    connection: &mut Connection,
    job: JobId,
    state: JobState,
    because: Option<&Because>,
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update jobs set state = $2, because = $3, finished_at = $4, leased_by = null, leased_until = null
         where id = $1",
        job.0,
        state.word(),
        because.map(to_json).transpose()?,
        at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends these running jobs well.
pub async fn finish_all(connection: &mut Connection, jobs: &[JobId], at: DateTime<Utc>) -> Result<()> {
    let jobs: Vec<i64> = jobs.iter().map(|job| job.0).collect();
    sqlx::query!(
        "update jobs set state = 'done', because = null, finished_at = $2, leased_by = null, leased_until = null
         where id = any($1)",
        &jobs,
        at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Puts a running job back. When a newer one of the same subject waits already, that one takes over the count of
/// attempts, and this one ends.
///
/// # Errors
/// `Taken` when a newer one was enqueued at this very moment: settle again.
pub async fn retry(
    connection: &mut Connection,
    job: JobId,
    attempts: i32,
    because: &Because,
    run_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<()> {
    let newer = sqlx::query!(
        "update jobs w set attempts = greatest(w.attempts, $2), because = coalesce(w.because, $3)
         from jobs j
         where j.id = $1 and w.state = 'waiting' and w.kind = j.kind and w.subject_id = j.subject_id
           and w.router_id is not distinct from j.router_id",
        job.0,
        attempts,
        to_json(because)?,
    )
    .execute(&mut *connection)
    .await?
    .rows_affected();
    if newer > 0 {
        return finish(connection, job, JobState::Cancelled, Some(&Because::Superseded), now).await;
    }
    sqlx::query!(
        "update jobs set state = 'waiting', attempts = $2, because = $3, run_at = $4, leased_by = null,
                leased_until = null
         where id = $1",
        job.0,
        attempts,
        to_json(because)?,
        run_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Puts a running job back that found nothing to do, as if it had never been tried: it looks again at `run_at`. When a
/// newer one of the same subject waits already, this one ends.
///
/// # Errors
/// As [`retry`].
pub async fn look_again(
    connection: &mut Connection,
    job: JobId,
    run_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<()> {
    let newer = sqlx::query!(
        "update jobs w set run_at = least(w.run_at, $2) from jobs j
         where j.id = $1 and w.state = 'waiting' and w.kind = j.kind and w.subject_id = j.subject_id
           and w.router_id is not distinct from j.router_id",
        job.0,
        run_at,
    )
    .execute(&mut *connection)
    .await?
    .rows_affected();
    if newer > 0 {
        return finish(connection, job, JobState::Done, None, now).await;
    }
    sqlx::query!(
        "update jobs set state = 'waiting', attempts = 0, because = null, run_at = $2, priority = 60, leased_by = null,
                leased_until = null
         where id = $1",
        job.0,
        run_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Puts a running job back as it was, without the attempt: due at `until`. For one of a subject that has no other.
pub async fn hold_back(connection: &mut Connection, job: JobId, until: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "update jobs set state = 'waiting', attempts = attempts - 1, run_at = $2, leased_by = null, leased_until = null
         where id = $1",
        job.0,
        until,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Puts running jobs back as they were, without the attempt: due at `now`. Newer ones of the same subjects that wait
/// already take their place.
///
/// # Errors
/// `Taken` when a newer one was enqueued at this very moment: do it again.
pub async fn put_back(
    connection: &mut Connection,
    jobs: &[JobId],
    worker: &str,
    because: &Because,
    now: DateTime<Utc>,
) -> Result<()> {
    let (jobs, because): (Vec<i64>, Value) = (jobs.iter().map(|job| job.0).collect(), to_json(because)?);
    sqlx::query!(
        "with superseded as (
            update jobs j set state = 'cancelled', because = $3, finished_at = $5, leased_by = null, leased_until = null
            where id = any($1) and state = 'running' and leased_by = $2
              and exists (select from jobs w where w.state = 'waiting' and w.kind = j.kind
                          and w.subject_id = j.subject_id and w.router_id is not distinct from j.router_id)
            returning kind, subject_id, router_id, attempts)
         update jobs w set attempts = greatest(w.attempts, s.attempts - 1), because = coalesce(w.because, $4)
         from superseded s
         where w.state = 'waiting' and w.kind = s.kind and w.subject_id = s.subject_id
           and w.router_id is not distinct from s.router_id",
        &jobs,
        worker,
        to_json(&Because::Superseded)?,
        because,
        now,
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "update jobs set state = 'waiting', attempts = attempts - 1, because = $3, run_at = $4, leased_by = null,
                leased_until = null
         where id = any($1) and state = 'running' and leased_by = $2",
        &jobs,
        worker,
        because,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Puts a job that was given up back in the queue, with all its attempts, and lets its router be tried at once.
/// False when it is not given up.
///
/// # Errors
/// `Taken` when another job of the subject waits already.
pub async fn repeat(connection: &mut Connection, job: JobId, at: DateTime<Utc>) -> Result<bool> {
    let repeated = sqlx::query!(
        "with repeated as (
            update jobs set state = 'waiting', attempts = 0, run_at = $2, finished_at = null
            where id = $1 and state = 'given_up' returning router_id),
         router as (update routers set retry_at = null where id in (select router_id from repeated))
         select router_id from repeated",
        job.0,
        at,
    )
    .fetch_optional(&mut *connection)
    .await?;
    super::enqueue::wake(connection).await?;
    Ok(repeated.is_some())
}

/// Takes a waiting job off the queue. False when it is not waiting.
pub async fn cancel(connection: &mut Connection, job: JobId, at: DateTime<Utc>) -> Result<bool> {
    let cancelled = sqlx::query!(
        "update jobs set state = 'cancelled', because = $3, finished_at = $2 where id = $1 and state = 'waiting'",
        job.0,
        at,
        to_json(&Because::CancelledByPerson)?,
    )
    .execute(connection)
    .await?;
    Ok(cancelled.rows_affected() > 0)
}

fn to_json(because: &Because) -> Result<Value> {
    serde_json::to_value(because).map_err(|error| Error::Unknown(error.to_string()))
}
