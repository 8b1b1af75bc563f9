//! The night's step of the plant: ports that were kept for somebody long enough are free again.

use chrono::NaiveDate;
use domain::failure::Failure;
use domain::ids::{ContractId, SplitterPortId};
use domain::plant::PortNow;

use super::{Holding, lock_port, tell_port};
use crate::permit::Actor;
use crate::{Context, Result};

const CHUNK: i64 = 200;
/// The step's name in the ledger.
pub(crate) const STEP: &str = "plant";

/// By the clock and not by the night's date: who reads sees them free since their moment.
pub(crate) async fn expected(context: &Context, _: NaiveDate) -> Result<i64> {
    let mut connection = context.connection().await?;
    Ok(store::plant::count_expired(&mut connection, context.clock.now()).await?)
}

pub(crate) async fn run_step(context: &Context, actor: &Actor, date: NaiveDate) -> Result<()> {
    loop {
        let mut connection = context.connection().await?;
        let chunk = store::plant::expired(&mut connection, context.clock.now(), CHUNK).await?;
        drop(connection);
        if chunk.is_empty() {
            return Ok(());
        }
        for reservation in chunk {
            expire(context, actor, reservation.port, date).await?;
        }
    }
}

/// Nobody's bill waits for it: nothing is ever parked.
pub(crate) async fn retry(_: &Context, _: &Actor, _: ContractId, _: NaiveDate) -> Result<()> {
    Err(Failure::NotFound.into())
}

async fn expire(context: &Context, actor: &Actor, port: SplitterPortId, date: NaiveDate) -> Result<()> {
    let mut transaction = context.begin().await?;
    let place = lock_port(&mut transaction, port).await?;
    // Somebody may have taken it since the list was read.
    if let Some(over) = store::plant::forget(&mut transaction, port, Some(context.clock.now())).await? {
        let after = Holding::new(&place, PortNow::Expired, over.customer, over.contract);
        tell_port(context, &mut transaction, actor, &after).await?;
    }
    store::runs::count(&mut transaction, date, STEP, 1, 0).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
