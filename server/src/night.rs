//! Starts the nightly run when its hour has come, and makes up the nights that were missed.

use std::time::Duration;

use chrono::Timelike;
use tokio_util::sync::CancellationToken;
use workflows::Context;
use workflows::permit::{Actor, Permit, RunBusinessDay, ScanRouters};
use workflows::runs::{RUN_HOUR, catch_up, raise_alarms};

/// How often the clock is looked at.
const LOOK: Duration = Duration::from_secs(60);

/// Goes on until it is asked to stop. A run that fails is logged and tried again at the next look; the dashboard tells
/// that it is late.
pub async fn watch(context: Context, stop: CancellationToken) {
    let permit = match (Actor::System { name: "night" }).permit::<RunBusinessDay>() {
        Ok(permit) => permit,
        Err(refused) => return tracing::error!(%refused, "the nightly run has no permit"),
    };
    loop {
        if context.clock.time_of_day().hour() >= RUN_HOUR {
            run(&context, &permit).await;
        }
        if let Err(error) = scan(&context).await {
            tracing::error!(%error, "the day's scans are not enqueued; it is tried at the next look");
        }
        if let Err(error) = raise_alarms(&context).await {
            tracing::error!(%error, "nobody could be told how the nights stand");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

async fn scan(context: &Context) -> workflows::Result<()> {
    let permit = Actor::System { name: "night" }.permit::<ScanRouters>()?;
    if workflows::scans::scan_when_due(context, &permit).await? {
        tracing::info!("the day's scans of all routers are enqueued");
    }
    Ok(())
}

async fn run(context: &Context, permit: &Permit<RunBusinessDay>) {
    match catch_up(context, permit).await {
        Ok(reports) => {
            for report in reports.into_iter().filter(|report| !report.already_done) {
                tracing::info!(date = %report.date, steps = ?report.steps, "the nightly run has finished");
            }
        }
        Err(error) => tracing::error!(%error, "the nightly run failed; it goes on at the next look"),
    }
}
