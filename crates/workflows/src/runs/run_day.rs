//! Runs one business day.

use chrono::NaiveDate;
use domain::failure::{Blocker, Failure};
use serde::{Deserialize, Serialize};
use store::runs::StepCounts;

use crate::permit::{Permit, RunBusinessDay};
use crate::{Context, Error, Result, billing, collections};

/// What a business day came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DayReport {
    pub date: NaiveDate,
    /// The day's run had finished before: nothing was done now.
    pub already_done: bool,
    /// The name of each step, and what was expected, done and parked.
    pub steps: Vec<(String, i32, i32, i32)>,
}

/// Bills what is due on `date`, then looks at who is late. Running a day twice changes nothing; a day whose run was
/// interrupted goes on where it stopped.
///
/// # Errors
/// `Blocked(BusinessDateInTheFuture)` for a day after today.
pub async fn run_day(context: &Context, permit: &Permit<RunBusinessDay>, date: NaiveDate) -> Result<DayReport> {
    if date > context.clock.today() {
        return Err(Failure::Blocked { what: Blocker::BusinessDateInTheFuture }.into());
    }
    let mut connection = context.connection().await?;
    if store::runs::is_finished(&mut connection, date).await? {
        return Ok(DayReport { date, already_done: true, steps: Vec::new() });
    }
    store::runs::start(&mut connection, date, context.clock.now()).await?;
    let due = store::billing::count_due(&mut connection, date).await?;
    start_step(context, &mut connection, date, billing::STEP, due).await?;
    billing::bill_day(context, date).await?;
    let billed = finish_step(context, &mut connection, date, billing::STEP).await?;
    let late = store::collections::count_to_review(&mut connection, date).await?;
    start_step(context, &mut connection, date, collections::STEP, late).await?;
    collections::collect_day(context, permit.actor(), date).await?;
    let collected = finish_step(context, &mut connection, date, collections::STEP).await?;
    store::runs::finish(&mut connection, date, context.clock.now()).await?;
    Ok(DayReport { date, already_done: false, steps: vec![billed, collected] })
}

async fn start_step(
    context: &Context,
    connection: &mut store::Connection,
    date: NaiveDate,
    step: &str,
    left: i64,
) -> Result<()> {
    let left = i32::try_from(left).map_err(Error::internal)?;
    Ok(store::runs::start_step(connection, date, step, left, context.clock.now()).await?)
}

async fn finish_step(
    context: &Context,
    connection: &mut store::Connection,
    date: NaiveDate,
    step: &str,
) -> Result<(String, i32, i32, i32)> {
    let StepCounts { expected, done, parked } =
        store::runs::finish_step(connection, date, step, context.clock.now()).await?;
    Ok((step.to_owned(), expected, done, parked))
}
