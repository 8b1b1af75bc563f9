//! 500 routers with work, twice: all well; then a fifth of them dead and one in twenty slow.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::ids::{RouterId, ServiceId};
use lab::routeros::{Fault, Simulator};
use serde_json::{Value, json};
use server::adapters::mikrotik::MikroTik;
use server::adapters::stripe::Stripe;
use server::crew::Ways;
use tokio_util::sync::CancellationToken;
use workflows::ports::NoTexter;

use crate::Failure;
use crate::town::{Nobody, milliseconds, ratio, simulator, town};

const ROUTERS: usize = 500;
const CUSTOMERS: i32 = 4;
/// What a slow router takes for a command.
const SLOW: Duration = Duration::from_millis(200);
const VISITS: usize = 256;
/// A run that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(120);

pub async fn many_routers() -> Result<Value, Failure> {
    let well = run(|_| None).await?;
    let sick = run(|number| match number % 20 {
        // Half of the dead refuse, and half take the connection and say nothing.
        0 | 10 => Some(Fault::Refuse),
        5 | 15 => Some(Fault::Hang),
        7 => Some(Fault::Slow(SLOW)),
        _ => None,
    })
    .await?;
    let (well, sick) = (percentile(well), percentile(sick));
    eprintln!("95 % of the healthy routers were done after {well:?} when all were well, and after {sick:?}");
    Ok(json!({
        "routers": ROUTERS,
        "p95_all_well_ms": milliseconds(well),
        "p95_with_dead_and_slow_ms": milliseconds(sick),
        "ratio": ratio(sick, well),
    }))
}

/// How long after the start each healthy router was done.
async fn run(fault: impl Fn(usize) -> Option<Fault>) -> Result<Vec<Duration>, Failure> {
    let town = town().await?;
    let (mut simulators, mut healthy): (Vec<Simulator>, HashSet<RouterId>) = (Vec::new(), HashSet::new());
    let mut services: Vec<ServiceId> = Vec::new();
    for number in 0..ROUTERS {
        let simulator = simulator().await?;
        let router = town.router(&format!("R{number}"), &simulator).await?;
        services.extend(town.subscribers(router, CUSTOMERS).await?);
        match fault(number) {
            Some(fault) => simulator.set_fault(fault),
            None => _ = healthy.insert(router),
        }
        simulators.push(simulator);
    }
    store::testing::settle(&mut *town.context.connection().await?).await?;
    let started_at = town.context.clock.now();
    town.enqueue(&services).await?;
    let stop = CancellationToken::new();
    let mikrotik = Arc::new(MikroTik::default());
    let (mailer, texter) = (Arc::new(Nobody), Arc::new(NoTexter));
    let gateway = Arc::new(Stripe::default());
    let ways = Ways { routers: mikrotik.clone(), mailer, texter, consoles: mikrotik, gateway };
    let crew = server::crew::run(town.context.clone(), ways, VISITS, stop.clone());
    let crew = tokio::spawn(crew);
    let deadline = Instant::now() + PATIENCE;
    loop {
        tokio::time::sleep(Duration::from_millis(250)).await;
        let finished = store::testing::network::finished(&mut *town.context.connection().await?).await?;
        let ours = finished.into_iter().filter(|(router, ..)| healthy.contains(router));
        let ours: Vec<_> = ours.collect();
        if ours.iter().all(|(_, _, left)| *left == 0) {
            stop.cancel();
            crew.abort();
            let took = ours.into_iter().filter_map(|(_, at, _)| (at? - started_at).to_std().ok());
            return Ok(took.collect());
        }
        if Instant::now() > deadline {
            return Err("the healthy routers are not done".into());
        }
    }
}

fn percentile(mut took: Vec<Duration>) -> Duration {
    took.sort();
    took.get(took.len() * 95 / 100).copied().unwrap_or_default()
}
