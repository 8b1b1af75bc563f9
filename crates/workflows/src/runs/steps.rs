//! The steps of a night, in order.

use chrono::NaiveDate;
use domain::failure::Failure;
use domain::ids::ContractId;
use store::runs::StepCounts;

use crate::gateway::automatic;
use crate::permit::Actor;
use crate::{
    Context, Error, Result, billing, changes, collections, housekeeping, late_fees, outages, plant, reminders,
    scheduled_reports, tickets,
};

/// What a step came to: its name, and what was expected, done and parked.
pub(super) type StepReport = (String, i32, i32, i32);

/// A step is a module with
/// - `STEP`, its name in the ledger (worded in the app's `office::runs`);
/// - `expected(context, date)`, how many contracts it has to look at;
/// - `run_step(context, actor, date)`, which counts each of them as done or parked (`store::runs`), goes on where it was
///   interrupted, and changes nothing when it is run twice;
/// - `retry(context, actor, contract, date)`, which tries one parked contract again.
macro_rules! steps {
    ($($step:ident),* $(,)?) => {
        pub(super) async fn run_all(context: &Context, actor: &Actor, date: NaiveDate) -> Result<Vec<StepReport>> {
            let mut reports = Vec::new();
            $(
                let expected = $step::expected(context, date).await?;
                open(context, date, $step::STEP, expected).await?;
                $step::run_step(context, actor, date).await?;
                reports.push(close(context, date, $step::STEP).await?);
            )*
            Ok(reports)
        }

        /// # Errors
        /// `NotFound` for a step that does not exist (any more).
        pub(super) async fn retry_one(
            context: &Context,
            actor: &Actor,
            step: &str,
            contract: ContractId,
            date: NaiveDate,
        ) -> Result<()> {
            match step {
                $($step::STEP => $step::retry(context, actor, contract, date).await,)*
                _ => Err(Failure::NotFound.into()),
            }
        }
    };
}

steps! { changes, billing, automatic, outages, reminders, collections, late_fees, tickets, plant, scheduled_reports, housekeeping }

async fn open(context: &Context, date: NaiveDate, step: &str, expected: i64) -> Result<()> {
    let expected = i32::try_from(expected).map_err(Error::internal)?;
    let mut connection = context.connection().await?;
    Ok(store::runs::start_step(&mut connection, date, step, expected, context.clock.now()).await?)
}

async fn close(context: &Context, date: NaiveDate, step: &str) -> Result<StepReport> {
    let mut connection = context.connection().await?;
    let StepCounts { expected, done, parked } =
        store::runs::finish_step(&mut connection, date, step, context.clock.now()).await?;
    Ok((step.to_owned(), expected, done, parked))
}
