//! The equipment is here, or is given up.

use domain::failure::{Failure, Problem};
use domain::ids::{CollectionOrderId, ContractId, StockPlaceId};
use domain::timeline::Event;
use domain::views::collection_orders::{CloseCollectionForm, CollectionOrderRow, CollectionOutcome};
use domain::work_order::WorkKind;
use store::collection_orders::{self, Closing};

use crate::permit::{Actor, CloseCollectionOrders, Permit, Verb as _};
use crate::record::{Subject, audit_as, tell};
use crate::stock::place::{Moving, must_be_open};
use crate::{Context, Result, contracts, work_orders};

/// What the stock knows to be ours at the customer's goes where it was brought, or is written off. Nobody has to go there
/// any more.
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
    let contract = collection_orders::get(&mut transaction, order).await?.contract.id;
    // First, as a technician does who reports the removal at the same moment.
    contracts::lock(&mut transaction, contract).await?;
    let before = collection_orders::get(&mut transaction, order).await?;
    if before.outcome.is_some() {
        return Err(Failure::NotFound.into());
    }
    let moving = Moving { context, actor: permit.actor(), reason: &note };
    bring(&mut transaction, &moving, contract, outcome, place).await?;
    settle(&mut transaction, &moving, &before, outcome, place).await?;
    work_orders::no_longer_needed(context, &mut transaction, contract, &[WorkKind::Removal]).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// A technician brings what of a contract's equipment is ours, whether an order asks for it or not.
///
/// # Errors
/// `Fields`: a missing place when there is such equipment.
pub(crate) async fn collected(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: ContractId,
    place: Option<StockPlaceId>,
    note: &str,
) -> Result<()> {
    let (moving, outcome) = (Moving { context, actor, reason: note }, CollectionOutcome::Collected);
    bring(transaction, &moving, contract, outcome, place).await?;
    let newest = collection_orders::newest(transaction, contract).await?;
    match newest.filter(|order| order.outcome.is_none()) {
        Some(open) => settle(transaction, &moving, &open, outcome, place).await,
        None => Ok(()),
    }
}

async fn settle(
    transaction: &mut store::Transaction,
    moving: &Moving<'_>,
    before: &CollectionOrderRow,
    outcome: CollectionOutcome,
    place: Option<StockPlaceId>,
) -> Result<()> {
    let Moving { context, actor, reason: note } = *moving;
    let (customer, contract) = (before.customer.id, before.contract.id);
    let closing = Closing { outcome, note, place, at: context.clock.now(), by: actor.user_id() };
    let equipment = collection_orders::close(transaction, contract, &closing).await?.ok_or(Failure::NotFound)?;
    let event = Event::CollectionClosed { equipment, outcome };
    tell(context, transaction, actor, customer, contract, &event).await?;
    let after = collection_orders::get(transaction, before.id).await?;
    let (subject, verb) = (Subject { kind: "collection_order", id: before.id.0 }, CloseCollectionOrders::NAME);
    audit_as(context, transaction, actor, verb, subject, Some(before), Some(&after)).await
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
