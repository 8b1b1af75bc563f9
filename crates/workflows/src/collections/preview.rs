//! Whom a night would cut.

use chrono::NaiveDate;
use domain::collections::{CutDates, Stop};
use domain::views::collections::ProposedCut;
use domain::views::runs::{CutsPreview, PREVIEWED};

use super::step::{look, stops};
use crate::runs::Progress;
use crate::{Context, Error, Result};

/// Whom the night of `date` would cut, what would stop it, and how many cuts are held back.
pub(crate) async fn preview(
    context: &Context,
    date: NaiveDate,
    progress: &mut Progress<'_>,
) -> Result<(CutsPreview, Vec<Stop>, i64)> {
    let mut connection = context.connection().await?;
    let holidays = store::interlock::holidays(&mut connection).await?;
    // It will be made on its own day.
    let dates = CutDates::new(date, date.max(context.clock.today()), &holidays);
    let seen = look(&mut connection, &dates).await?;
    progress.add(seen.looked_at()).await?;
    let stops = stops(context, &seen.changes, date).await?;
    let cuts: Vec<_> = seen.changes.iter().filter_map(|change| Some((change.contract, change.cut.clone()?))).collect();
    let mut rows: Vec<ProposedCut> = Vec::new();
    for (contract, evidence) in cuts.iter().take(PREVIEWED) {
        let (contract, customer) = store::contracts::named(&mut connection, *contract).await?;
        rows.push(ProposedCut { contract, customer, evidence: evidence.clone(), settled: false });
    }
    let count = i64::try_from(cuts.len()).map_err(Error::internal)?;
    Ok((CutsPreview { count, rows }, stops, seen.held_back))
}
