//! What the office looks at.

use domain::failure::{Blocker, Failure};
use domain::ids::{GatewayEventId, PaymentId};
use domain::views::gateway::{CardPayment, DisputeIs, DisputeRow, EventFilter, EventList, IntentFilter, IntentList};
use store::gateway::lists;
use store::gateway::tasks::Task;

use crate::permit::{Permit, RepeatEvents, SeeGateway, SeePayments};
use crate::record::{Subject, audit};
use crate::{Context, Result, jobs};

pub async fn intents(context: &Context, _: &Permit<SeeGateway>, filter: &IntentFilter) -> Result<IntentList> {
    Ok(lists::intents(&mut *context.connection().await?, filter).await?)
}

pub async fn events(context: &Context, _: &Permit<SeeGateway>, filter: &EventFilter) -> Result<EventList> {
    Ok(lists::events(&mut *context.connection().await?, filter).await?)
}

pub async fn disputes(context: &Context, _: &Permit<SeeGateway>, is: Option<DisputeIs>) -> Result<Vec<DisputeRow>> {
    Ok(lists::disputes(&mut *context.connection().await?, is).await?)
}

/// What the gateway knows of a payment; `None` when it did not come by card.
pub async fn of_payment(context: &Context, _: &Permit<SeePayments>, payment: PaymentId) -> Result<Option<CardPayment>> {
    Ok(lists::of_payment(&mut *context.connection().await?, payment).await?)
}

/// A parked event is done again, after a person mended the cause.
///
/// # Errors
/// `NotFound`; `Blocked(EventNotParked)`.
pub async fn repeat_event(context: &Context, permit: &Permit<RepeatEvents>, id: GatewayEventId) -> Result<()> {
    let mut transaction = context.begin().await?;
    store::gateway::events::get(&mut transaction, id).await?;
    if !store::gateway::events::repeat(&mut transaction, id).await? {
        return Err(Failure::Blocked { what: Blocker::EventNotParked }.into());
    }
    jobs::enqueue_gateway(context, &mut transaction, Task::Event(id)).await?;
    let subject = Subject { kind: "gateway_event", id: id.0 };
    audit(context, &mut transaction, permit, subject, None::<&()>, None::<&()>).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
