//! The simulated router as seen by clients that nobody here wrote: librouteros and RouterOS-api for Python. What they
//! ask and expect is in `python/`.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use lab::routeros::{Options, Simulator};
use tokio::process::Command;

const SETUP: &str = "crates/lab/tests/python/setup.sh";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

async fn run(client: &str, version: &str, login: &str) {
    let python = root().join("target/python/bin/python");
    assert!(python.exists(), "the Python clients are not installed: run {SETUP}");
    let router =
        Options { version: version.into(), user: "ramal".into(), password: "sesame".into(), ..Options::default() };
    let router = Simulator::start(router).await.unwrap();
    for number in 0..10_000 {
        let address = std::net::Ipv4Addr::from(0x0A00_0000 + number).to_string();
        router.seed("/ip/firewall/address-list", &[("list", "cut"), ("address", &address)]).unwrap();
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python").join(client);
    let port = router.addr.port().to_string();
    let output = Command::new(python).arg(script).args(["127.0.0.1", &port, login]).output().await.unwrap();
    assert!(output.status.success(), "{version}: {}", String::from_utf8_lossy(&output.stderr));
}

#[tokio::test]
async fn librouteros_works_with_a_current_router() {
    run("librouteros_client.py", "7.20.8", "plain").await;
}

#[tokio::test]
async fn librouteros_works_with_a_router_that_knows_no_empty_reply() {
    run("librouteros_client.py", "7.9", "plain").await;
}

#[tokio::test]
async fn librouteros_logs_in_the_old_way() {
    run("librouteros_client.py", "6.42", "token").await;
}

#[tokio::test]
async fn routeros_api_works_with_a_current_router() {
    run("routeros_api_client.py", "7.20.8", "plain").await;
}

#[tokio::test]
async fn routeros_api_works_with_a_router_that_knows_no_empty_reply() {
    run("routeros_api_client.py", "7.9", "plain").await;
}

#[tokio::test]
async fn routeros_api_logs_in_the_old_way() {
    run("routeros_api_client.py", "6.42", "token").await;
}
