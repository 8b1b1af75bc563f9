//! Writing jobs down. A job carries only its subject: whoever does it computes what is wanted then.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{HotspotId, MessageId, RouterId, ServiceId};
use domain::views::jobs::JobKind;
use store::gateway::tasks::Task;
use store::jobs::{NewJob, NewRouterWork};

use crate::{Context, Result};

/// The service's router is to hold what the service's contract says. Enqueued twice it is done once.
pub async fn enqueue_provision(
    context: &Context,
    transaction: &mut store::Transaction,
    service: ServiceId,
) -> Result<()> {
    enqueue_provisions(context, transaction, &[service]).await
}

/// The same for many services at once.
pub async fn enqueue_provisions(
    context: &Context,
    transaction: &mut store::Transaction,
    services: &[ServiceId],
) -> Result<()> {
    Ok(store::jobs::enqueue_provisions(transaction, services, new(context), None).await?)
}

/// What a scan found to differ is brought back, after everything that somebody asked for.
pub(crate) async fn enqueue_drift(
    context: &Context,
    transaction: &mut store::Transaction,
    services: &[ServiceId],
) -> Result<()> {
    Ok(store::jobs::enqueue_provisions(transaction, services, new(context), Some(store::jobs::DRIFT)).await?)
}

/// Work at a router about something else than a service.
pub(crate) async fn enqueue_at_router(
    context: &Context,
    transaction: &mut store::Transaction,
    work: NewRouterWork,
) -> Result<()> {
    Ok(store::jobs::enqueue_at_router(transaction, work, new(context)).await?)
}

/// A service moved to another router: call this with the one that it `left`, beside `enqueue_provision`.
pub async fn enqueue_removal(
    context: &Context,
    transaction: &mut store::Transaction,
    service: ServiceId,
    left: RouterId,
) -> Result<()> {
    Ok(store::jobs::enqueue_removal(transaction, service, left, new(context)).await?)
}

/// What the router needs once is to be there.
pub async fn enqueue_base(context: &Context, transaction: &mut store::Transaction, router: RouterId) -> Result<()> {
    Ok(store::jobs::enqueue_base(transaction, router, new(context)).await?)
}

/// A message that was written down is to be sent, now or not before a moment.
pub async fn enqueue_message(
    context: &Context,
    transaction: &mut store::Transaction,
    message: MessageId,
    not_before: Option<DateTime<Utc>>,
) -> Result<()> {
    let now = new(context);
    let job = NewJob { at: not_before.unwrap_or(now.at), ..now };
    Ok(store::jobs::enqueue_message(transaction, message, job).await?)
}

/// Hotspots' routers are to hold what the records say, now. `is_urgent`: somebody is to be put out.
pub(crate) async fn enqueue_hotspots(
    context: &Context,
    transaction: &mut store::Transaction,
    hotspots: &[HotspotId],
    is_urgent: bool,
) -> Result<()> {
    let now = context.clock.now();
    Ok(store::jobs::enqueue_hotspots(transaction, hotspots, is_urgent, now, new(context)).await?)
}

/// A range is to be looked at, or a router to become ours.
pub(crate) async fn enqueue_onboarding(
    context: &Context,
    transaction: &mut store::Transaction,
    kind: JobKind,
    subject: i64,
) -> Result<()> {
    Ok(store::jobs::enqueue_onboarding(transaction, kind, subject, new(context)).await?)
}

/// Something is to be done at the card gateway.
pub(crate) async fn enqueue_gateway(context: &Context, transaction: &mut store::Transaction, task: Task) -> Result<()> {
    Ok(store::gateway::tasks::enqueue(transaction, task, new(context)).await?)
}

/// What the night of `date` will do is to be counted, over so much to look at.
pub(crate) async fn enqueue_preview(
    context: &Context,
    transaction: &mut store::Transaction,
    date: NaiveDate,
    expected: i64,
) -> Result<()> {
    Ok(store::run_preview::ask(transaction, date, expected, new(context)).await?)
}

fn new(context: &Context) -> NewJob {
    NewJob { at: context.clock.now(), max_attempts: context.job_attempts }
}
