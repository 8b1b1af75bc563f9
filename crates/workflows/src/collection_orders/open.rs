//! What the removal list asks for, and what a payment takes back.

use chrono::NaiveDate;
use domain::ids::{ContractId, CustomerId};
use domain::timeline::Event;
use domain::views::collection_orders::CollectionOutcome;
use store::collection_orders::{self, Closing};

use crate::permit::Actor;
use crate::record::tell;
use crate::{Context, Result};

/// The contract came onto the removal list.
pub(crate) async fn open(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    customer: CustomerId,
    contract: ContractId,
    today: NaiveDate,
) -> Result<()> {
    match collection_orders::open(transaction, contract, today, context.clock.now()).await? {
        Some(equipment) => {
            let event = Event::CollectionOrdered { equipment };
            tell(context, transaction, actor, customer, contract, &event).await
        }
        None => Ok(()),
    }
}

/// The contract left the removal list before anybody came for the equipment.
pub(crate) async fn no_longer_needed(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    customer: CustomerId,
    contract: ContractId,
) -> Result<()> {
    let outcome = CollectionOutcome::NotNeeded;
    let closing = Closing { outcome, note: "", at: context.clock.now(), by: None };
    match collection_orders::close(transaction, contract, &closing).await? {
        Some(equipment) => {
            let event = Event::CollectionClosed { equipment, outcome };
            tell(context, transaction, actor, customer, contract, &event).await
        }
        None => Ok(()),
    }
}
