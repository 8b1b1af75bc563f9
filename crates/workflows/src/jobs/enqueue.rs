//! Writing jobs down. A job carries only its subject: whoever does it computes what is wanted then.

use domain::ids::{MailId, RouterId, ServiceId};
use store::jobs::NewJob;

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
    Ok(store::jobs::enqueue_provisions(transaction, services, new(context)).await?)
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

/// A mail that was written to `mails` is to be sent.
pub async fn enqueue_mail(context: &Context, transaction: &mut store::Transaction, mail: MailId) -> Result<()> {
    Ok(store::jobs::enqueue_mail(transaction, mail, new(context)).await?)
}

fn new(context: &Context) -> NewJob {
    NewJob { at: context.clock.now(), max_attempts: context.job_attempts }
}
