//! Movements that are no payment of a customer.

use domain::bank::BankRowState;
use domain::failure::{Blocker, Failure, required};
use domain::ids::BankRowId;
use domain::views::bank::BankRow;
use store::bank_rows::{self, Decision};

use super::of_row;
use crate::permit::{BookStatements, Permit};
use crate::record::audit;
use crate::{Context, Result};

/// Takes a movement off the work list, with the reason.
///
/// # Errors
/// `Fields` (a reason is required), `Blocked(AlreadyDecided)`, `NotFound`.
pub async fn not_ours(context: &Context, permit: &Permit<BookStatements>, row: BankRowId, reason: &str) -> Result<()> {
    let reason = required(reason, 500).map_err(|problem| Failure::field("reason", problem))?;
    let (at, by) = (Some(context.clock.now()), permit.actor().user_id());
    let decision = Decision { state: BankRowState::NotOurs, at, by, reason: Some(&reason) };
    change(context, permit, row, BankRowState::Open, decision).await
}

/// Puts it back.
///
/// # Errors
/// `Blocked(AlreadyDecided)` for what was booked, `NotFound`.
pub async fn reopen(context: &Context, permit: &Permit<BookStatements>, row: BankRowId) -> Result<()> {
    let decision = Decision { state: BankRowState::Open, at: None, by: None, reason: None };
    change(context, permit, row, BankRowState::NotOurs, decision).await
}

async fn change(
    context: &Context,
    permit: &Permit<BookStatements>,
    row: BankRowId,
    from: BankRowState,
    decision: Decision<'_>,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before: BankRow = bank_rows::lock(&mut transaction, row).await?;
    if before.state != from {
        return Err(Failure::Blocked { what: Blocker::AlreadyDecided }.into());
    }
    bank_rows::decide(&mut transaction, row, decision).await?;
    let after = bank_rows::get(&mut transaction, row).await?;
    audit(context, &mut transaction, permit, of_row(row), Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
