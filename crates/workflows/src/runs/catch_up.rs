//! Makes up the business days that were missed.

use chrono::NaiveDate;

use super::{DayReport, run_day};
use crate::permit::{Permit, RunBusinessDay};
use crate::{Context, Result, collections};

/// First makes the cuts that somebody approved and that an interruption left; then runs every day after the last finished one up to today, in order. A provider that has never had a run begins today.
pub async fn catch_up(context: &Context, permit: &Permit<RunBusinessDay>) -> Result<Vec<DayReport>> {
    collections::go_on(context, permit).await?;
    let today = context.clock.today();
    let mut connection = context.connection().await?;
    let last = store::runs::last_finished(&mut connection).await?;
    drop(connection);
    let mut reports = Vec::new();
    let first = last.and_then(|last| last.succ_opt()).unwrap_or(today);
    for date in first.iter_days().take_while(|date: &NaiveDate| *date <= today) {
        reports.push(run_day(context, permit, date).await?);
    }
    Ok(reports)
}
