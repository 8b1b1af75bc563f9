//! The billing step of the nightly run: chunk by chunk, and one by one where a chunk fails.

use chrono::NaiveDate;
use domain::billing::ParkReason;
use domain::ids::ContractId;

use super::issue::{Issued, bill_contracts};
use crate::permit::Actor;
use crate::{Context, Error, Result};

/// Contracts billed in one transaction: enough to be fast, few enough for memory and for those who wait.
const CHUNK: i64 = 1_000;
/// The step's name in the ledger.
pub(crate) const STEP: &str = "billing";

pub(crate) async fn expected(context: &Context, date: NaiveDate) -> Result<i64> {
    Ok(store::billing::count_due(&mut *context.connection().await?, date).await?)
}

/// Bills everything that is due on `today`. Contracts that cannot be billed are parked with the reason; the others go on.
pub(crate) async fn run_step(context: &Context, _: &Actor, today: NaiveDate) -> Result<()> {
    let mut after = ContractId(0);
    loop {
        let mut connection = context.connection().await?;
        let chunk = store::billing::due_after(&mut connection, today, after, CHUNK).await?;
        drop(connection);
        let Some(last) = chunk.last().copied() else { return Ok(()) };
        if bill_chunk(context, &chunk, today).await.is_err() {
            for contract in &chunk {
                bill_or_park(context, *contract, today).await?;
            }
        }
        after = last;
    }
}

/// One contract alone, that an earlier night left out.
pub(crate) async fn retry(context: &Context, _: &Actor, contract: ContractId, today: NaiveDate) -> Result<()> {
    bill_or_park(context, contract, today).await
}

async fn bill_chunk(context: &Context, contracts: &[ContractId], today: NaiveDate) -> Result<()> {
    let mut transaction = context.begin().await?;
    let issued = bill_contracts(context, &mut transaction, contracts, today).await?;
    write_down(context, &mut transaction, today, &issued).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Bills one contract; if the database refuses, says so in the ledger instead.
async fn bill_or_park(context: &Context, contract: ContractId, today: NaiveDate) -> Result<()> {
    let Err(error) = bill_chunk(context, &[contract], today).await else { return Ok(()) };
    let mut transaction = context.begin().await?;
    let issued = Issued { billed: Vec::new(), parked: vec![(contract, park_reason(contract, &error))] };
    write_down(context, &mut transaction, today, &issued).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

fn park_reason(contract: ContractId, error: &Error) -> ParkReason {
    let overlap = match error {
        Error::Internal(cause) => matches!(cause.downcast_ref(), Some(store::Error::Overlap { .. })),
        Error::Refused(_) => false,
    };
    if overlap {
        return ParkReason::PeriodAlreadyBilled;
    }
    let number = crate::error::incident(error);
    tracing::error!(%contract, incident = number, "a contract was left out of the bill run");
    ParkReason::Incident { number }
}

async fn write_down(
    context: &Context,
    transaction: &mut store::Transaction,
    today: NaiveDate,
    issued: &Issued,
) -> Result<()> {
    let now = context.clock.now();
    let count = |length: usize| i32::try_from(length).map_err(Error::internal);
    for (contract, reason) in &issued.parked {
        store::runs::park(transaction, today, STEP, *contract, reason, now).await?;
    }
    store::runs::unpark(transaction, STEP, &issued.billed, now).await?;
    store::runs::count(transaction, today, STEP, count(issued.billed.len())?, count(issued.parked.len())?).await?;
    Ok(())
}
