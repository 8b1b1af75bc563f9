//! The step of a night that throws away what is old, finished jobs with what was said for them, and scans; and adds up what
//! the dashboard counts.

use chrono::{DateTime, NaiveDate, Utc};
use domain::failure::Failure;
use domain::ids::ContractId;

use crate::permit::Actor;
use crate::{Context, Error, Result};

/// Records removed in one transaction.
const CHUNK: i64 = 5_000;
/// The step's name in the ledger.
pub(crate) const STEP: &str = "housekeeping";

pub(crate) async fn expected(context: &Context, _: NaiveDate) -> Result<i64> {
    let mut connection = context.connection().await?;
    let before = before(context, &mut connection).await?;
    Ok(store::jobs::count_old(&mut connection, before).await?
        + store::scans::count_old(&mut connection, before).await?)
}

/// Jobs that a person must still look at stay, and so does the newest scan of each router.
pub(crate) async fn run_step(context: &Context, _: &Actor, date: NaiveDate) -> Result<()> {
    let mut connection = context.connection().await?;
    store::dashboard::add_up_moves(&mut connection).await?;
    let before = before(context, &mut connection).await?;
    loop {
        let jobs = store::jobs::prune(&mut connection, before, CHUNK).await?;
        let scans = store::scans::prune(&mut connection, before, CHUNK).await?;
        let pruned = i32::try_from(jobs + scans).map_err(Error::internal)?;
        if pruned == 0 {
            return Ok(());
        }
        store::runs::count(&mut connection, date, STEP, pruned, 0).await?;
    }
}

/// Nothing of it belongs to a contract, so that nothing is ever parked.
pub(crate) async fn retry(_: &Context, _: &Actor, _: ContractId, _: NaiveDate) -> Result<()> {
    Err(Failure::NotFound.into())
}

/// By the clock and not by the night's date: nights that are made up throw nothing away that is younger.
async fn before(context: &Context, connection: &mut store::Connection) -> Result<DateTime<Utc>> {
    let days = store::network_settings::get(connection).await?.keep_days;
    Ok(context.clock.now() - chrono::Duration::days(days.into()))
}
