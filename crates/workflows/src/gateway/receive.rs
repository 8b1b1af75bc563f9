//! Something comes in that says it is from the gateway.

use domain::gateway::GatewayMode;
use domain::views::gateway::ParkedBecause;
use store::gateway::events::NewEvent;
use store::gateway::tasks::Task;

use super::open;
use crate::ports::Gateway;
use crate::ports::gateway::Forged;
use crate::{Context, Result, jobs};

/// Stores it, once however often it comes, with the job that does something about it; the sender may be told so when this
/// returns. What is genuine and of the other mode is kept, and nothing ever comes of it.
///
/// # Errors
/// `NotFound` while this mode has no keys. `Forged` when the gateway did not send it.
pub async fn receive(
    context: &Context,
    port: &dyn Gateway,
    mode: GatewayMode,
    signature: &str,
    body: &[u8],
) -> Result<Result<(), Forged>> {
    let keys = store::gateway::keys::of_mode(&mut *context.connection().await?, mode).await?;
    let gateway = open(context, keys).await?;
    let now = context.clock.now();
    let told = match port.hear(&gateway.access.webhook_secret, signature, body, now) {
        Ok(told) => told,
        Err(forged) => return Ok(Err(forged)),
    };
    let Ok(body) = str::from_utf8(body) else { return Ok(Err(Forged::NotAnEvent)) };
    let refused = (told.mode != mode).then_some(ParkedBecause::OtherMode);
    let event = NewEvent {
        gateway: gateway.id,
        remote: &told.event,
        kind: &told.kind,
        happened_at: told.happened_at,
        received_at: now,
        body,
        refused: refused.as_ref(),
    };
    let mut transaction = context.begin().await?;
    let stored = store::gateway::events::store(&mut transaction, &event).await?;
    if let (Some(event), None) = (stored, refused) {
        jobs::enqueue_gateway(context, &mut transaction, Task::Event(event)).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(Ok(()))
}
