//! The equipment is here, or is given up.

use domain::failure::{Failure, Problem};
use domain::ids::{CollectionOrderId, ContractId, StockPlaceId};
use domain::timeline::Event;
use domain::views::collection_orders::{CloseCollectionForm, CollectionOutcome};
use store::collection_orders::{self, Closing};

use crate::permit::{CloseCollectionOrders, Permit};
use crate::record::{Subject, audit, tell};
use crate::stock::place::{Moving, must_be_open};
use crate::{Context, Result};

/// What the stock knows to be ours at the customer's goes where it was brought, or is written off.
///
/// # Errors
/// `Fields`, among them a missing place when there is such equipment; `NotFound` when the order was closed before.
pub async fn close(
    context: &Context,
    permit: &Permit<CloseCollectionOrders>,
    order: CollectionOrderId,
    form: &CloseCollectionForm,
) -> Result<()> {
    let (outcome, place, note) = form.check()?;
    let mut transaction = context.begin().await?;
    let before = collection_orders::get(&mut transaction, order).await?;
    if before.outcome.is_some() {
        return Err(Failure::NotFound.into());
    }
    let (customer, contract) = (before.customer.id, before.contract.id);
    let moving = Moving { context, actor: permit.actor(), reason: &note };
    bring(&mut transaction, &moving, contract, outcome, place).await?;
    let closing = Closing { outcome, note: &note, place, at: context.clock.now(), by: permit.actor().user_id() };
    let equipment = collection_orders::close(&mut transaction, contract, &closing).await?.ok_or(Failure::NotFound)?;
    let event = Event::CollectionClosed { equipment, outcome };
    tell(context, &mut transaction, permit.actor(), customer, contract, &event).await?;
    let after = collection_orders::get(&mut transaction, order).await?;
    let subject = Subject { kind: "collection_order", id: order.0 };
    audit(context, &mut transaction, permit, subject, Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

async fn bring(
    transaction: &mut store::Transaction,
    moving: &Moving<'_>,
    contract: ContractId,
    outcome: CollectionOutcome,
    place: Option<StockPlaceId>,
) -> Result<()> {
    if let Some(place) = place {
        must_be_open(transaction, place, "place").await?;
    }
    for item in store::stock::ours_at(transaction, contract).await? {
        match (outcome, place) {
            (CollectionOutcome::Collected | CollectionOutcome::Returned, Some(place)) => {
                moving.take_back(transaction, item, place).await?;
            }
            (CollectionOutcome::Collected | CollectionOutcome::Returned, None) => {
                return Err(Failure::field("place", Problem::Required).into());
            }
            (CollectionOutcome::WrittenOff, _) if moving.reason.is_empty() => {
                return Err(Failure::field("note", Problem::Required).into());
            }
            (CollectionOutcome::WrittenOff, _) => moving.write_off(transaction, item).await?,
            (CollectionOutcome::NotNeeded, _) => {}
        }
    }
    Ok(())
}
