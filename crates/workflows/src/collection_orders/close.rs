//! The equipment is here, or is given up.

use domain::failure::Failure;
use domain::ids::CollectionOrderId;
use domain::timeline::Event;
use domain::views::collection_orders::CloseCollectionForm;
use store::collection_orders::{self, Closing};

use crate::permit::{CloseCollectionOrders, Permit};
use crate::record::{Subject, audit, tell};
use crate::{Context, Result};

/// # Errors
/// `Fields`; `NotFound` when the order was closed before.
pub async fn close(
    context: &Context,
    permit: &Permit<CloseCollectionOrders>,
    order: CollectionOrderId,
    form: &CloseCollectionForm,
) -> Result<()> {
    let (outcome, note) = form.check()?;
    let mut transaction = context.begin().await?;
    let before = collection_orders::get(&mut transaction, order).await?;
    if before.outcome.is_some() {
        return Err(Failure::NotFound.into());
    }
    let (customer, contract) = (before.customer.id, before.contract.id);
    let closing = Closing { outcome, note: &note, at: context.clock.now(), by: permit.actor().user_id() };
    let equipment = collection_orders::close(&mut transaction, contract, &closing).await?.ok_or(Failure::NotFound)?;
    let event = Event::CollectionClosed { equipment, outcome };
    tell(context, &mut transaction, permit.actor(), customer, contract, &event).await?;
    let after = collection_orders::get(&mut transaction, order).await?;
    let subject = Subject { kind: "collection_order", id: order.0 };
    audit(context, &mut transaction, permit, subject, Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
