//! `ramal run-day`: a business day by hand.

use chrono::NaiveDate;
use clap::Args;
use workflows::permit::{Actor, RunBusinessDay};
use workflows::runs::run_day;

use crate::context::context;
use crate::database::Database;
use crate::failure::Failure;
use crate::settings::Settings;

#[derive(Args)]
pub struct Arguments {
    /// The business date, as 2026-01-31; not after today
    #[arg(long, value_name = "DATE")]
    date: NaiveDate,
}

pub async fn run(settings: Settings, arguments: Arguments) -> Result<(), Failure> {
    let database = Database::open(&settings).await?;
    let context = context(&settings, &database).await?;
    let permit = Actor::System { name: "run-day" }.permit::<RunBusinessDay>()?;
    let report = run_day(&context, &permit, arguments.date).await.map_err(|error| match error {
        workflows::Error::Refused(domain::failure::Failure::Blocked { .. }) => {
            Failure::usage(vec![format!("{} is still to come: run it on that day", arguments.date)])
        }
        error => Failure::new(error),
    })?;
    if report.already_done {
        println!("{}: done before, nothing to do", report.date);
    }
    for (step, expected, done, parked) in report.steps {
        println!("{}: {step}: {expected} expected, {done} done, {parked} parked", report.date);
    }
    drop(context);
    database.close().await;
    Ok(())
}
