//! What a worker is to do at the gateway.

use domain::ids::{CardRefundId, GatewayEventId, GatewayTaskId, PaymentIntentId};

use crate::jobs::{ClaimedJob, Lease, NewJob};
use crate::{Connection, Error, Result};

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    Event(GatewayEventId),
    Intent(PaymentIntentId),
    Refund(CardRefundId),
}

/// # Errors
/// `NotFound`.
pub async fn get(connection: &mut Connection, id: GatewayTaskId) -> Result<Task> {
    let row = sqlx::query!("select event_id, intent_id, refund_id from gateway_tasks where id = $1", id.0);
    let row = row.fetch_one(connection).await?;
    match (row.event_id, row.intent_id, row.refund_id) {
        (Some(id), ..) => Ok(Task::Event(GatewayEventId(id))),
        (_, Some(id), _) => Ok(Task::Intent(PaymentIntentId(id))),
        (.., Some(id)) => Ok(Task::Refund(CardRefundId(id))),
        (None, None, None) => Err(Error::Unknown(format!("gateway task {id} of nothing"))),
    }
}

/// One waiting job for each thing to do; one that waits already becomes due.
pub async fn enqueue(connection: &mut Connection, task: Task, job: NewJob) -> Result<()> {
    let (event, intent, refund) = match task {
        Task::Event(id) => (Some(id.0), None, None),
        Task::Intent(id) => (None, Some(id.0), None),
        Task::Refund(id) => (None, None, Some(id.0)),
    };
    sqlx::query!(
        "insert into gateway_tasks (event_id, intent_id, refund_id) values ($1, $2, $3) on conflict do nothing",
        event,
        intent,
        refund
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "insert into jobs (kind, subject_id, state, max_attempts, run_at, created_at)
         select 'gateway', id, 'waiting', $5, $4, $4 from gateway_tasks
         where event_id = $1 or intent_id = $2 or refund_id = $3
         on conflict (kind, subject_id, router_id) where state = 'waiting' do update
            set run_at = least(jobs.run_at, excluded.run_at)",
        event,
        intent,
        refund,
        job.at,
        job.max_attempts
    )
    .execute(&mut *connection)
    .await?;
    crate::jobs::call_workers(connection).await
}

/// The most urgent due job at the gateway.
pub async fn claim(connection: &mut Connection, lease: Lease<'_>) -> Result<Option<ClaimedJob<GatewayTaskId>>> {
    let row = sqlx::query!(
        "update jobs set state = 'running', attempts = attempts + 1, leased_by = $1, leased_until = $3
         where id = (select id from jobs
                     where router_id is null and kind = 'gateway' and state = 'waiting' and run_at <= $2
                     order by priority, run_at, id limit 1 for update skip locked)
         returning id, subject_id, attempts, max_attempts",
        lease.worker,
        lease.now,
        lease.until,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| ClaimedJob {
        id: domain::ids::JobId(row.id),
        subject: GatewayTaskId(row.subject_id),
        attempts: row.attempts,
        max_attempts: row.max_attempts,
        leased_by: lease.worker.to_owned(),
    }))
}
