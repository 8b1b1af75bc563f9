//! The nights, and one of them.

use chrono::NaiveDate;
use domain::collections::Stop;
use domain::views::dashboard::LastRun;
use domain::views::list::{Page, PageNumber};
use domain::views::runs::RunDetail;

use crate::permit::{Permit, SeeRuns};
use crate::{Context, Result, collections};

/// Newest first.
pub async fn list(context: &Context, _: &Permit<SeeRuns>, page: PageNumber) -> Result<Page<LastRun>> {
    Ok(store::runs::list(&mut *context.connection().await?, page).await?)
}

/// A night, with whom it left out and, where it stopped, whom it would have cut: `page` pages through these.
pub async fn show(context: &Context, _: &Permit<SeeRuns>, date: NaiveDate, page: PageNumber) -> Result<RunDetail> {
    let mut connection = context.connection().await?;
    let run = store::runs::get(&mut connection, date).await?;
    let stops: Vec<Stop> = run.steps.iter().flat_map(|step| step.stopped.clone()).collect();
    let newest = store::runs::newest(&mut connection).await? == Some(date);
    let proposed = store::interlock::proposals(&mut connection, date, page).await?;
    let later = collections::later(context, &mut connection, date).await?;
    let waits = newest && run.steps.iter().any(|step| !step.stopped.is_empty() && step.approved_at.is_none());
    let approved = run.steps.iter().any(|step| step.approved_at.is_some());
    Ok(RunDetail {
        parked: store::runs::parked_on(&mut connection, date).await?,
        proposed,
        // A night that waits no more, and was never approved, makes no cuts at all.
        later: if waits || approved || (newest && stops.is_empty()) { later } else { Vec::new() },
        stops,
        waits,
        run,
    })
}
