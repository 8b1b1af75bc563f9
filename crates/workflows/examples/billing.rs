//! How fast the bill run is, beside the least that the database can do: `make bench-billing` gives it a throw-away cluster
//! that writes to the disk as in production.

#![expect(clippy::float_arithmetic, reason = "these are figures, not money")]

use std::time::{Duration, Instant};

use chrono::NaiveDate;
use store::testing::due;
use workflows::permit::RunBusinessDay;
use workflows::runs::run_day;
use workflows::testing::{Story, date, story};

const FIRST: &str = "2026-11-01";
const TODAY: &str = "2026-11-30";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let small = measure(10_000).await?;
    let large = measure(100_000).await?;
    println!(
        "{}",
        serde_json::json!({
            "unit": "invoices per second",
            "10000": small.json(),
            "100000": large.json(),
            "growth_of_time_per_invoice": rounded(small.billed.per_second() / large.billed.per_second()),
            "peak_memory_mb": peak_memory_mb()?,
        })
    );
    Ok(())
}

/// So many invoices took so long.
struct Rate {
    invoices: i32,
    took: Duration,
}

struct Measured {
    billed: Rate,
    inserted: Rate,
}

/// Bills `contracts` in one database, and inserts as many rows in another that is filled alike.
async fn measure(contracts: i32) -> Result<Measured, Box<dyn std::error::Error>> {
    let inserted = {
        let story = provider(contracts).await?;
        let mut connection = story.connection().await?;
        let started = Instant::now();
        due::insert_as_many(&mut connection, date(TODAY)).await?;
        Rate { invoices: contracts, took: started.elapsed() }
    };
    let story = provider(contracts).await?;
    let permit = story.may::<RunBusinessDay>();
    let started = Instant::now();
    let report = run_day(&story, &permit, date(TODAY)).await?;
    let billed = Rate { invoices: contracts, took: started.elapsed() };
    eprintln!(
        "{contracts} contracts: inserted in {:?}, billed in {:?}: {:?}",
        inserted.took, billed.took, report.steps
    );
    Ok(Measured { billed, inserted })
}

async fn provider(contracts: i32) -> Result<Story, Box<dyn std::error::Error>> {
    let story = story(TODAY).await;
    let mut connection = story.connection().await?;
    let first: NaiveDate = date(FIRST);
    due::contracts(&mut connection, contracts, first).await?;
    store::testing::settle(&mut connection).await?;
    Ok(story)
}

impl Rate {
    fn per_second(&self) -> f64 {
        f64::from(self.invoices) / self.took.as_secs_f64()
    }
}

impl Measured {
    fn json(&self) -> serde_json::Value {
        serde_json::json!({
            "billed": rounded(self.billed.per_second()),
            "inserted": rounded(self.inserted.per_second()),
            "ratio": rounded(self.billed.per_second() / self.inserted.per_second()),
        })
    }
}

fn rounded(figure: f64) -> f64 {
    (figure * 100.0).round() / 100.0
}

/// The most memory that this process ever held, as the kernel counted it. The database is another process.
fn peak_memory_mb() -> std::io::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: u64 = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default();
    Ok(kilobytes / 1024)
}
