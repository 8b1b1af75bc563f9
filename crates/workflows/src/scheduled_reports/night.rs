//! The step of a night that sends reports.

use chrono::NaiveDate;
use domain::failure::Failure;
use domain::ids::ContractId;
use domain::views::reports::ReportRow;

use super::write;
use crate::permit::Actor;
use crate::{Context, Error, Result};

/// The step's name in the ledger.
pub(crate) const STEP: &str = "reports";

/// Mails that are to be written.
pub(crate) async fn expected(context: &Context, date: NaiveDate) -> Result<i64> {
    let mut connection = context.connection().await?;
    let mut mails = 0;
    for report in due(&mut connection, date).await? {
        mails += store::scheduled_reports::waiting(&mut connection, report.id, Some(date)).await?.len();
    }
    i64::try_from(mails).map_err(Error::internal)
}

/// A report at a time. Whoever has it already gets it no second time, however often the night is run.
pub(crate) async fn run_step(context: &Context, _: &Actor, date: NaiveDate) -> Result<()> {
    let reports = due(&mut *context.connection().await?, date).await?;
    for report in reports {
        let mut transaction = context.begin().await?;
        let written = write(context, &mut transaction, &report, date, Some(date)).await?;
        store::runs::count(&mut transaction, date, STEP, written, 0).await?;
        transaction.commit().await.map_err(store::Error::from)?;
    }
    Ok(())
}

/// Nothing of it belongs to a contract, so that nothing is ever parked.
pub(crate) async fn retry(_: &Context, _: &Actor, _: ContractId, _: NaiveDate) -> Result<()> {
    Err(Failure::NotFound.into())
}

async fn due(connection: &mut store::Connection, date: NaiveDate) -> Result<Vec<ReportRow>> {
    let all = store::scheduled_reports::list(connection).await?.into_iter();
    Ok(all.filter(|report| report.paused_at.is_none() && report.facts.frequency.falls_on(date)).collect())
}
