//! A month in a minute.

use chrono::{DateTime, Duration, Utc};
use domain::failure::{Failure, Problem};

use crate::permit::{Permit, RunBusinessDay};
use crate::runs::{DayReport, catch_up};
use crate::{Context, Result};

/// The furthest that a demo moves at once.
const MOST_DAYS: i64 = 62;

/// Sets the clock of a demo that is being made; `now` is the moment its story begins.
pub async fn begin(context: &Context, _permit: &Permit<RunBusinessDay>, now: DateTime<Utc>) -> Result<()> {
    move_clock(context, now - context.clock.now()).await
}

/// Whether this is a demo: its clock is not the real one.
pub async fn is_demo(context: &Context) -> Result<bool> {
    let mut connection = context.connection().await?;
    Ok(store::company::clock_shift(&mut connection).await? != 0)
}

/// Moves a demo on by some days and runs each of their nights in order, as time itself would.
///
/// # Errors
/// `NotFound` where this is no demo; `Fields` unless from 1 to 62 days.
pub async fn advance(context: &Context, permit: &Permit<RunBusinessDay>, days: i64) -> Result<Vec<DayReport>> {
    if !is_demo(context).await? {
        return Err(Failure::NotFound.into());
    }
    if !(1..=MOST_DAYS).contains(&days) {
        return Err(Failure::field("days", Problem::OutOfRange).into());
    }
    let mut reports = Vec::new();
    for _ in 0..days {
        move_clock(context, Duration::days(1)).await?;
        reports.extend(catch_up(context, permit).await?);
    }
    Ok(reports)
}

/// Whoever is signed in comes along, and goes first: a session that waits for the clock is a session, and one that the
/// clock has left behind is none.
async fn move_clock(context: &Context, by: Duration) -> Result<()> {
    let mut transaction = context.begin().await?;
    store::sessions::shift(&mut transaction, by.num_seconds()).await?;
    let shift = store::company::clock_shift(&mut transaction).await? + by.num_seconds();
    store::company::set_clock_shift(&mut transaction, shift).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    context.clock.advance(by);
    Ok(())
}
