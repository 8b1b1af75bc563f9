//! One large router: printing and scanning 10,000 secrets, and suspending 5,000 customers.

use std::process::Command as Process;
use std::time::{Duration, Instant};

use domain::network::{Menu, ScanEffect};
use lab::routeros::Simulator;
use routeros::{Client, Command, Options};
use serde_json::{Value, json};
use server::adapters::mikrotik::MikroTik;
use workflows::ports::{RouterAccess, Routers};
use workflows::scans;

use crate::Failure;
use crate::town::{median, milliseconds, ratio, simulator, town};

const SECRETS: i32 = 10_000;
const SUSPENDED: i32 = 5_000;
const TIMES: usize = 7;
const PYTHON: &str = "target/python/bin/python";
const SCRIPT: &str = "crates/lab/tests/python/print_time.py";

/// A bare print by our client and by librouteros, then a scan: of one table, in one run, in turns.
pub async fn reading() -> Result<Value, Failure> {
    let (town, simulator) = (town().await?, simulator().await?);
    let router = town.router("R1", &simulator).await?;
    let services = town.subscribers(router, SECRETS).await?;
    town.provision(&simulator, &services).await?;
    let (mut ours, mut theirs, mut read, mut scanned) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let client = Client::connect(&options(&simulator)).await?;
    for _ in 0..TIMES {
        ours.push(print(&client).await?);
        theirs.push(print_by_librouteros(&simulator)?);
        read.push(read_all(&simulator).await?);
        scans::request(&town.context, &town.story.may(), router, ScanEffect::Mend).await?;
        scanned.push(town.work(MikroTik::default()).await?);
    }
    let found = store::scans::last_of(&mut *town.context.connection().await?, router).await?;
    let found = found.and_then(|scan| scan.found).ok_or("the scan is not done")?;
    if !found.agrees() || found.agreeing != i64::from(SECRETS) {
        return Err(format!("the router should agree: {found:?}").into());
    }
    let (ours, theirs, read, scanned) = (median(ours), median(theirs), median(read), median(scanned));
    eprintln!("print {ours:?}, by librouteros {theirs:?}, all menus {read:?}, scan {scanned:?}");
    Ok(json!({
        "secrets": SECRETS,
        "print_ms": milliseconds(ours),
        "librouteros_print_ms": milliseconds(theirs),
        "print_by_librouteros": ratio(ours, theirs),
        "all_menus_ms": milliseconds(read),
        "scan_ms": milliseconds(scanned),
        "scan_by_print": ratio(scanned, ours),
    }))
}

fn options(simulator: &Simulator) -> Options {
    let (host, port) = (simulator.addr.ip().to_string(), simulator.addr.port());
    Options { port, ..Options::plain(host, "ramal", String::from("sesame")) }
}

async fn print(client: &Client) -> Result<Duration, Failure> {
    let command = Command::new("/ppp/secret/print").proplist(Menu::Secret.columns());
    let started = Instant::now();
    let rows = client.run(command).await?.rows.len();
    let took = started.elapsed();
    if i32::try_from(rows)? == SECRETS { Ok(took) } else { Err(format!("{rows} rows").into()) }
}

fn print_by_librouteros(simulator: &Simulator) -> Result<Duration, Failure> {
    let (host, port) = (simulator.addr.ip().to_string(), simulator.addr.port().to_string());
    let columns = Menu::Secret.columns().join(",");
    let process = tokio::task::block_in_place(|| {
        Process::new(PYTHON).args([SCRIPT, &host, &port, "/ppp/secret", &columns, "1"]).output()
    });
    let output = process.map_err(|error| format!("{PYTHON}: {error}; run crates/lab/tests/python/setup.sh"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let told: Value = serde_json::from_slice(&output.stdout)?;
    let seconds = told.pointer("/took/0").and_then(Value::as_f64).ok_or("no time")?;
    Ok(Duration::from_secs_f64(seconds))
}

/// Connects and reads every menu, as a scan does.
async fn read_all(simulator: &Simulator) -> Result<Duration, Failure> {
    let access = RouterAccess {
        host: simulator.addr.ip().to_string(),
        port: simulator.addr.port(),
        certificate: None,
        username: "ramal".into(),
        password: String::from("sesame").into(),
        mode: domain::network::RouterMode::Live,
        addressing: domain::network::Addressing::default(),
    };
    let started = Instant::now();
    MikroTik::default().read(&access).await.map_err(|because| format!("{because:?}"))?;
    Ok(started.elapsed())
}

/// All customers are connected; each is cut and its session dropped.
pub async fn suspension() -> Result<Value, Failure> {
    let (town, simulator) = (town().await?, simulator().await?);
    let router = town.router("R1", &simulator).await?;
    let services = town.subscribers(router, SUSPENDED).await?;
    town.provision(&simulator, &services).await?;
    for secret in simulator.rows("/ppp/secret") {
        let value = |name: &str| secret.text(name).unwrap_or_default().into_owned();
        simulator.dial(&value("name"), &value("password")).map_err(|refused| format!("{refused:?}"))?;
    }
    store::testing::network::suspend_all(&mut *town.context.connection().await?, router).await?;
    town.enqueue(&services).await?;
    let before = simulator.command_log().len();
    let took = town.work(MikroTik::default()).await?;
    let commands = simulator.command_log().len() - before;
    let left = simulator.rows("/ppp/active").len();
    let page = workflows::routers::show(&town.context, &town.story.may(), router).await?;
    if left > 0 || page.router.out_of_step > 0 {
        return Err(format!("{left} sessions are left, {} services are out of step", page.router.out_of_step).into());
    }
    let pace = MikroTik::default().per_second.unwrap_or(1000);
    let allowed = Duration::from_secs_f64(f64::from(u32::try_from(commands)?) / f64::from(pace));
    eprintln!("{SUSPENDED} suspended with {commands} commands in {took:?}; the pace allows {allowed:?}");
    Ok(json!({
        "customers": SUSPENDED,
        "commands": commands,
        "pace_per_second": pace,
        "seconds": milliseconds(took) / 1000.0,
        "pace_allows_seconds": milliseconds(allowed) / 1000.0,
        "by_pace": ratio(took, allowed),
    }))
}
