//! The money is not there, or is not what was reported.

use domain::failure::{Failure, required};
use domain::ids::TransferReportId;
use domain::message::Purpose;
use domain::transfer::TransferState;
use store::transfer_reports::{self, Decided};

use super::{already_decided, subject, tell_decided};
use crate::permit::{Permit, ReviewTransfers};
use crate::record::audit;
use crate::{Context, Result};

/// Refuses a report, with a reason that the customer is told; from then on it holds no cut, and its reference may be
/// reported again.
///
/// # Errors
/// `Fields` (a reason is required), `Blocked(AlreadyDecided)`, `NotFound`.
pub async fn reject(
    context: &Context,
    permit: &Permit<ReviewTransfers>,
    report: TransferReportId,
    reason: &str,
) -> Result<()> {
    let reason = required(reason, 500).map_err(|problem| Failure::field("reason", problem))?;
    let mut transaction = context.begin().await?;
    let now = context.clock.now();
    let before = transfer_reports::lock(&mut transaction, report, now).await?.row;
    if before.state != TransferState::InReview {
        return Err(already_decided());
    }
    let decided = Decided { at: now, by: permit.actor().user_id() };
    transfer_reports::reject(&mut transaction, report, &reason, decided).await?;
    let after = transfer_reports::show(&mut transaction, report, now).await?.row;
    audit(context, &mut transaction, permit, subject(report), Some(&before), Some(&after)).await?;
    let values = vec![("reference", before.reference), ("because", reason)];
    tell_decided(context, &mut transaction, &after, Purpose::TransferRejected, values).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
