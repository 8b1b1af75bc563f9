//! `ramal lab`: stand-ins for the outside world. For the demo and for trying things out, never in production.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand};
use lab::messages::Receiver;
use lab::routeros::{Fault, Options, serve};
use tokio_util::sync::CancellationToken;

use crate::failure::Failure;

#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// A simulated router that speaks the RouterOS API
    Routeros(Routeros),
    /// A webhook that takes WhatsApp and SMS messages and shows them
    Messages(Messages),
}

#[derive(Args)]
struct Messages {
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8740")]
    listen: SocketAddr,
    /// RAMAL_MESSAGES_SECRET of the one who sends
    #[arg(long)]
    secret: String,
}

#[derive(Args)]
struct Routeros {
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8728")]
    listen: SocketAddr,
    /// RouterOS version, such as 7.20.8 or 6.42
    #[arg(long, value_name = "VERSION", default_value = "7.20.8")]
    version: String,
    #[arg(long, default_value = "admin")]
    user: String,
    #[arg(long, default_value = "", hide_default_value = true)]
    password: String,
    /// refuse, hang, drop:BYTES, lose-reply:K, lose-reply:VERB, slow:MILLISECONDS, device-mode, deny-login; several at once
    #[arg(long = "fault", value_name = "FAULT")]
    faults: Vec<Fault>,
    /// File that receives a line for each command, with every value masked
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
    /// What every command takes, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 0)]
    delay: u64,
    /// Speak TLS besides, on the same port, with a new self-signed certificate
    #[arg(long)]
    tls: bool,
    /// As it leaves the factory, to be onboarded: TLS on the same port only once a certificate was made and installed
    #[arg(long)]
    factory: bool,
}

pub async fn run(arguments: Arguments, stop: CancellationToken) -> Result<(), Failure> {
    match arguments.what {
        What::Routeros(router) => simulate(router, stop).await,
        What::Messages(messages) => receive(messages, stop).await,
    }
}

async fn receive(messages: Messages, stop: CancellationToken) -> Result<(), Failure> {
    let started = Receiver::start_at(messages.listen, &messages.secret).await;
    let receiver = started.map_err(|error| Failure::new(format!("{}: {error}", messages.listen)))?;
    eprintln!("RAMAL_MESSAGES_URL={0}; what arrived is shown at {0}messages", receiver.url());
    stop.cancelled().await;
    Ok(())
}

async fn simulate(router: Routeros, stop: CancellationToken) -> Result<(), Failure> {
    let options = Options {
        listen: router.listen,
        version: router.version,
        user: router.user,
        password: router.password,
        faults: router.faults,
        log: router.log,
        delay: Duration::from_millis(router.delay),
        tls: router.tls,
        factory: router.factory,
    };
    tokio::select! {
        served = serve(options) => served.map_err(|error| Failure::new(format!("{}: {error}", router.listen))),
        () = stop.cancelled() => Ok(()),
    }
}
