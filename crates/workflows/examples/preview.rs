//! How long the preview of the next night takes: `make bench-preview` gives it a throw-away cluster.

use std::time::Instant;

use domain::views::runs::NextRun;
use store::testing::due;
use workflows::permit::{RunBusinessDay, SeeRuns};
use workflows::runs::{preview, run_day};
use workflows::testing::{date, story};

const CONTRACTS: i32 = 100_000;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let story = story("2026-11-30").await;
    let mut connection = story.connection().await?;
    due::contracts(&mut connection, CONTRACTS, date("2026-11-01")).await?;
    store::testing::settle(&mut connection).await?;
    // Everybody's part month, which is due on 15 December.
    run_day(&story, &story.may::<RunBusinessDay>(), date("2026-11-30")).await?;
    store::testing::settle(&mut connection).await?;
    // The worst night to bill: everybody's month begins.
    measure(&story, "the first of the month").await?;
    // The worst night to collect: nobody has paid, and everybody is to be cut.
    story.it_is("2026-12-24");
    for day in ["2026-12-01", "2026-12-24"] {
        run_day(&story, &story.may::<RunBusinessDay>(), date(day)).await?;
    }
    store::testing::settle(&mut connection).await?;
    measure(&story, "nobody has paid").await?;
    Ok(())
}

async fn measure(story: &workflows::testing::Story, what: &str) -> Result<(), Box<dyn std::error::Error>> {
    let started = Instant::now();
    let seen = preview(story, &story.may::<SeeRuns>(), i64::MAX).await?;
    let took = started.elapsed();
    let NextRun::AtOnce(seen) = seen else { return Err("it was left to a job".into()) };
    println!(
        "{what} ({}): {} invoices, {} reminders, {} cuts, {} fees in {took:.1?}",
        seen.date, seen.billing.count, seen.reminders, seen.cuts.count, seen.late_fees
    );
    Ok(())
}
