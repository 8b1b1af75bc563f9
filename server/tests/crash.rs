//! The bill run is killed at random points, and run twice at once: nothing may be missing, double or out of order.
//!
//! A short form of `make test-crash`, which sets the counts.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use store::testing::totals::{Totals, totals};
use store::testing::{Database, copy_of, due, fresh};
use workflows::testing::date;

const FIRST: &str = "2026-09-01";
const DAY: &str = "2026-09-30";
/// Thirty-two bytes in base64; nothing is sealed here.
const SECRET_KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

/// How much of it: `name` of the environment, or the short form.
fn count(name: &str, short: u32) -> u32 {
    std::env::var(name).map_or(short, |count| count.parse().unwrap())
}

async fn provider() -> Database {
    let provider = fresh().await;
    let contracts = count("CRASH_CONTRACTS", 2_000);
    due::contracts(&mut provider.acquire().await.unwrap(), contracts.try_into().unwrap(), date(FIRST)).await.unwrap();
    provider
}

/// The business day, run by the binary in a process of its own.
fn run_day(database: &Database) -> Child {
    Command::new(env!("CARGO_BIN_EXE_ramal"))
        .args(["run-day", "--date", DAY])
        .env("DATABASE_URL", database.url())
        .env("RAMAL_SECRET_KEY", SECRET_KEY)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn finish(run: Child) {
    let output = run.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

async fn totals_of(database: &Database) -> Totals {
    totals(&mut database.acquire().await.unwrap()).await.unwrap()
}

/// What an undisturbed run comes to, and how long it takes.
async fn undisturbed(provider: &Database) -> (Totals, Duration) {
    let database = copy_of(provider).await;
    let started = Instant::now();
    finish(run_day(&database));
    let (totals, took) = (totals_of(&database).await, started.elapsed());
    assert_eq!(totals.invoices, i64::from(count("CRASH_CONTRACTS", 2_000)));
    assert_eq!((totals.numbers_left_out, totals.gaps_between_billed_periods, totals.nights), (0, 0, 1));
    (totals, took)
}

#[tokio::test]
async fn a_bill_run_that_is_killed_at_random_points_comes_to_what_an_undisturbed_one_does() {
    let provider = provider().await;
    let (expected, took) = undisturbed(&provider).await;
    let (wanted, mut kills, mut rounds) = (count("CRASH_KILLS", 10), 0, 0);
    while kills < wanted {
        let database = copy_of(&provider).await;
        rounds += 1;
        // Several times in one run, until it happens to get through; at last it is let through.
        while kills < wanted && killed(&database, took).await {
            kills += 1;
        }
        finish(run_day(&database));
        assert_eq!(totals_of(&database).await, expected, "after {kills} kills, in round {rounds}");
    }
    println!("{kills} kills in {rounds} bill runs of {} invoices, all as undisturbed", expected.invoices);
}

/// Starts the run and kills it at a random point; whether it was killed before its end.
async fn killed(database: &Database, took: Duration) -> bool {
    let mut run = run_day(database);
    // Not the real clock's work but a point to be hit: any will do.
    let patience = took.mul_f64(rand::random_range(0.05..0.9));
    tokio::time::sleep(patience).await;
    run.kill().unwrap();
    !run.wait().unwrap().success()
}

#[tokio::test]
async fn two_bill_runs_at_once_come_to_what_one_does() {
    let provider = provider().await;
    let (expected, _) = undisturbed(&provider).await;
    let runs = count("CRASH_PAIRS", 3);
    for pair in 1..=runs {
        let database = copy_of(&provider).await;
        let (first, second) = (run_day(&database), run_day(&database));
        finish(first);
        finish(second);
        assert_eq!(totals_of(&database).await, expected, "pair {pair}");
    }
    println!("{runs} pairs of bill runs at once, each {} invoices, all as one alone", expected.invoices);
}
