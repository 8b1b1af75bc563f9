//! What the next night will do, without doing it: billing runs its own code in transactions that are rolled back, reminders
//! and cuts are decided by the rules that the night goes by.

use domain::views::runs::RunPreview;

use crate::permit::{Permit, SeeRuns};
use crate::{Context, Result, billing, collections, late_fees, reminders};

/// The night after the newest finished one, as things stand. What is paid, promised or noted until then changes it.
pub async fn preview(context: &Context, _: &Permit<SeeRuns>) -> Result<RunPreview> {
    let last = store::runs::last_finished(&mut *context.connection().await?).await?;
    let date = last.and_then(|last| last.succ_opt()).unwrap_or(context.clock.today());
    let (billing, not_billed) = billing::preview(context, date).await?;
    let (cuts, stops, held_back) = collections::preview(context, date).await?;
    let (late_fees, late_fee_totals) = late_fees::preview(context, date).await?;
    Ok(RunPreview {
        date,
        billing,
        not_billed,
        reminders: reminders::preview(context, date).await?,
        cuts,
        late_fees,
        late_fee_totals,
        held_back,
        stops,
    })
}
