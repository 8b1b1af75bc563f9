//! A simulated router on the command line:
//! `cargo run -p lab --example simulator -- --listen 127.0.0.1:8728 --version 7.20.8 --user admin --password secret`

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;
use lab::routeros::{Fault, Options, serve};

#[derive(Parser)]
#[command(about = "A simulated router that speaks the RouterOS API")]
struct Flags {
    #[arg(long, default_value = "127.0.0.1:8728")]
    listen: SocketAddr,
    #[arg(long = "version", default_value = "7.20.8")]
    routeros: String,
    #[arg(long, default_value = "admin")]
    user: String,
    #[arg(long, default_value = "")]
    password: String,
    /// refuse, hang, drop:BYTES, lose-reply:K, lose-reply:VERB, slow:MILLISECONDS, device-mode, deny-login
    #[arg(long = "fault")]
    faults: Vec<Fault>,
    /// Receives a line for each command, with every value masked
    #[arg(long)]
    log: Option<PathBuf>,
    /// What every command takes, in milliseconds
    #[arg(long, default_value_t = 0)]
    delay: u64,
    /// Speak TLS besides, on the same port, with a new self-signed certificate
    #[arg(long)]
    tls: bool,
    /// As it leaves the factory
    #[arg(long)]
    factory: bool,
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let flags = Flags::parse();
    serve(Options {
        listen: flags.listen,
        version: flags.routeros,
        user: flags.user,
        password: flags.password,
        faults: flags.faults,
        log: flags.log,
        delay: Duration::from_millis(flags.delay),
        tls: flags.tls,
        factory: flags.factory,
    })
    .await
}
