//! The preview of the next night that a job makes: one row.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::JobId;
use domain::views::jobs::JobState;
use domain::views::runs::{MadePreview, Making, RunPreview};

use crate::jobs::{ClaimedJob, Lease, NewJob};
use crate::{Connection, Result};

/// How a preview of a date stands, and the newest one of that date.
pub async fn get(connection: &mut Connection, date: NaiveDate) -> Result<(Making, Option<MadePreview>)> {
    let row = sqlx::query!(
        r#"select p.asked_at, p.expected, p.looked_at, p.made_at, p.made,
                  (select j.state from jobs j where j.kind = 'preview' and j.subject_id = p.id
                   order by j.id desc limit 1) as "state?"
           from run_preview p where p.business_date = $1"#,
        date
    );
    let Some(row) = row.fetch_optional(connection).await? else { return Ok((Making::Idle, None)) };
    let making = match row.state.as_deref().map(str::parse::<JobState>).transpose()? {
        Some(JobState::Waiting | JobState::Running) => {
            Making::UnderWay { asked_at: row.asked_at, looked_at: row.looked_at, expected: row.expected }
        }
        Some(JobState::GivenUp) => Making::GivenUp,
        Some(JobState::Done | JobState::Cancelled) | None => Making::Idle,
    };
    // One that an earlier version of the program made, and that cannot be read any more, is made anew.
    let made = row.made.and_then(|made| serde_json::from_value::<RunPreview>(made).ok());
    Ok((making, row.made_at.zip(made).map(|(at, preview)| MadePreview { at, preview })))
}

/// Asks for a preview of a date: one waiting job.
pub async fn ask(connection: &mut Connection, date: NaiveDate, expected: i64, job: NewJob) -> Result<()> {
    sqlx::query!(
        "insert into run_preview as p (id, business_date, asked_at, expected) values (1, $1, $2, $3)
         on conflict (id) do update set
            business_date = excluded.business_date, asked_at = excluded.asked_at, expected = excluded.expected,
            looked_at = 0,
            made_at = case when p.business_date = excluded.business_date then p.made_at end,
            made = case when p.business_date = excluded.business_date then p.made end",
        date,
        job.at,
        expected
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "insert into jobs (kind, subject_id, state, max_attempts, run_at, created_at)
         values ('preview', 1, 'waiting', $2, $1, $1)
         on conflict (kind, subject_id, router_id) where state = 'waiting' do update
            set run_at = least(jobs.run_at, excluded.run_at)",
        job.at,
        job.max_attempts
    )
    .execute(&mut *connection)
    .await?;
    crate::jobs::call_workers(connection).await
}

/// The preview that is due to be made.
pub async fn claim(connection: &mut Connection, lease: Lease<'_>) -> Result<Option<ClaimedJob<()>>> {
    let row = sqlx::query!(
        "update jobs set state = 'running', attempts = attempts + 1, leased_by = $1, leased_until = $3
         where id = (select id from jobs
                     where router_id is null and kind = 'preview' and state = 'waiting' and run_at <= $2
                     order by priority, run_at, id limit 1 for update skip locked)
         returning id, attempts, max_attempts",
        lease.worker,
        lease.now,
        lease.until,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| ClaimedJob {
        id: JobId(row.id),
        subject: (),
        attempts: row.attempts,
        max_attempts: row.max_attempts,
        leased_by: lease.worker.to_owned(),
    }))
}

/// Begins to look, at so much. False when nobody asks for that date.
pub async fn begin(connection: &mut Connection, date: NaiveDate, expected: i64) -> Result<bool> {
    let begun =
        sqlx::query!("update run_preview set expected = $2, looked_at = 0 where business_date = $1", date, expected);
    Ok(begun.execute(connection).await?.rows_affected() == 1)
}

/// Notes how far it has come.
pub async fn count(connection: &mut Connection, date: NaiveDate, looked_at: i64) -> Result<()> {
    sqlx::query!("update run_preview set looked_at = $2 where business_date = $1", date, looked_at)
        .execute(connection)
        .await?;
    Ok(())
}

/// Keeps what was made, unless another date was asked for meanwhile.
pub async fn save(connection: &mut Connection, at: DateTime<Utc>, made: &RunPreview) -> Result<()> {
    sqlx::query!(
        "update run_preview set made_at = $2, made = $3 where business_date = $1",
        made.date,
        at,
        serde_json::to_value(made)?
    )
    .execute(connection)
    .await?;
    Ok(())
}
