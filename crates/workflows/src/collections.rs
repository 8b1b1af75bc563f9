//! From a late invoice to a cut, and from a payment back. A night knows all that it would cut before it cuts anybody; what
//! looks wrong stops it, and somebody must let it go on.

mod approve;
mod held_back;
mod later;
mod preview;
mod reconcile;
mod settings;
mod step;

pub use approve::{approve, go_on};
pub(crate) use held_back::held_back;
pub(crate) use later::later;
pub(crate) use preview::preview;
pub(crate) use reconcile::{Cuts, reconcile_overdue_holds};
pub use settings::{add_holiday, change_interlock, remove_holiday, settings};
pub(crate) use step::{STEP, expected, feed_is_silent, retry, run_step};

use chrono::NaiveDate;
use domain::collections::CutDates;

use crate::{Context, Result};

/// The dates of a cut on behalf of a business date, and the hour when it is made now.
async fn cut_dates(context: &Context, connection: &mut store::Connection, business: NaiveDate) -> Result<CutDates> {
    Ok(days_of_cuts(context, connection, business).await?.at(context.clock.time_of_day()))
}

/// The same where only the days matter: a night decides whom it cuts, and waits for the hour with doing so.
async fn days_of_cuts(context: &Context, connection: &mut store::Connection, business: NaiveDate) -> Result<CutDates> {
    let holidays = store::interlock::holidays(connection).await?;
    Ok(CutDates::new(business, context.clock.today(), &holidays))
}
