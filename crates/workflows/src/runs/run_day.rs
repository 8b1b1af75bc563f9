//! Runs one business day.

use chrono::NaiveDate;
use domain::failure::{Blocker, Failure};
use serde::{Deserialize, Serialize};

use super::steps;
use crate::permit::{Permit, RunBusinessDay};
use crate::{Context, Result, quotes};

/// What a business day came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DayReport {
    pub date: NaiveDate,
    /// The day's run had finished before: nothing was done now.
    pub already_done: bool,
    /// The name of each step, and what was expected, done and parked.
    pub steps: Vec<(String, i32, i32, i32)>,
}

/// Takes the steps of a night for `date`, alone: whoever else would waits. Running a day twice changes nothing; a day whose run was interrupted goes on
/// where it stopped. A step that waits for approval does not keep the day from being finished: the next night looks at
/// everybody anew.
///
/// # Errors
/// `Blocked(BusinessDateInTheFuture)` for a day after today.
pub async fn run_day(context: &Context, permit: &Permit<RunBusinessDay>, date: NaiveDate) -> Result<DayReport> {
    if date > context.clock.today() {
        return Err(Failure::Blocked { what: Blocker::BusinessDateInTheFuture }.into());
    }
    let mut connection = context.connection().await?;
    let turn = store::runs::turn(&mut connection).await?;
    let _mine = turn.acquire(context.connection().await?).await.map_err(store::Error::from)?;
    if store::runs::is_finished(&mut connection, date).await? {
        return Ok(DayReport { date, already_done: true, steps: Vec::new() });
    }
    store::runs::start(&mut connection, date, context.clock.now()).await?;
    drop(connection);
    let steps = steps::run_all(context, permit.actor(), date).await?;
    quotes::invoice_agreed(context, permit.actor()).await?;
    store::runs::finish(&mut *context.connection().await?, date, context.clock.now()).await?;
    Ok(DayReport { date, already_done: false, steps })
}
