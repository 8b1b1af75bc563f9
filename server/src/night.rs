//! Starts the nightly run when its hour has come, makes up the nights that were missed, makes the cuts that somebody
//! approved, and sees to what should go on by itself.

use std::time::Duration;

use chrono::Timelike;
use store::interlock::Approvals;
use tokio_util::sync::CancellationToken;
use workflows::permit::{Actor, Permit, RunBusinessDay, ScanRouters};
use workflows::runs::{RUN_HOUR, catch_up, raise_alarms};
use workflows::{Context, collections};

/// How often the clock is looked at.
const LOOK: Duration = Duration::from_secs(60);

/// Goes on until it is asked to stop. A run that fails is logged and tried again at the next look; the dashboard tells
/// that it is late.
pub async fn watch(context: Context, stop: CancellationToken) {
    let permit = match (Actor::System { name: "night" }).permit::<RunBusinessDay>() {
        Ok(permit) => permit,
        Err(refused) => return tracing::error!(%refused, "the nightly run has no permit"),
    };
    // What is approved does not wait for the rest of a night. Both may make cuts: each settles its own row.
    tokio::select! {
        () = look_at_the_clock(&context, &permit, &stop) => {}
        () = listen_for_approvals(&context, &permit) => {}
    }
}

async fn look_at_the_clock(context: &Context, permit: &Permit<RunBusinessDay>, stop: &CancellationToken) {
    loop {
        match context.clock.time_of_day().hour() >= RUN_HOUR {
            true => run(context, permit).await,
            // A cut whose day or hour has come waits for no night.
            false => make_cuts(context, permit).await,
        }
        if let Err(error) = scan(context).await {
            tracing::error!(%error, "the day's scans are not enqueued; it is tried at the next look");
        }
        if let Err(error) = watch_hotspots(context).await {
            tracing::error!(%error, "hotspots that nobody looks at stay so until the next look");
        }
        if let Err(error) = raise_alarms(context).await {
            tracing::error!(%error, "nobody could be told how the nights stand");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// Begins with the cuts that are due: an approval that was not heard is not lost.
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

async fn make_cuts(context: &Context, permit: &Permit<RunBusinessDay>) {
    if let Err(error) = collections::go_on(context, permit).await {
        tracing::error!(%error, "not all cuts that are due were made; they are at the next look");
    }
}

async fn scan(context: &Context) -> workflows::Result<()> {
    let permit = Actor::System { name: "night" }.permit::<ScanRouters>()?;
    if workflows::scans::scan_when_due(context, &permit).await? {
        tracing::info!("the day's scans of all routers are enqueued");
    }
    Ok(())
}

async fn watch_hotspots(context: &Context) -> workflows::Result<()> {
    let found = workflows::hotspots::keep_watching(context).await?;
    if found > 0 {
        tracing::warn!(found, "hotspots that nobody looked at any more are looked at again");
    }
    Ok(())
}

/// Makes the cuts of a night as soon as its approval is committed. Never ends by itself.
async fn listen_for_approvals(context: &Context, permit: &Permit<RunBusinessDay>) {
    let mut ears = None;
    loop {
        match heard(context, &mut ears).await {
            Ok(()) => make_cuts(context, permit).await,
            Err(error) => {
                tracing::warn!(%error, "approvals of nights are not heard for a while");
                ears = None;
                tokio::time::sleep(LOOK).await;
            }
        }
    }
}

async fn heard(context: &Context, ears: &mut Option<Approvals>) -> store::Result<()> {
    let approvals = match &mut *ears {
        Some(approvals) => approvals,
        none => none.insert(Approvals::listen(&context.db).await?),
    };
    approvals.heard().await
}
