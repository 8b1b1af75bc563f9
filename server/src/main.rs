//! The binary `ramal`: the web server, the worker and the command line.

mod commands;
mod context;
mod database;
mod demo;
mod embedded;
mod failure;
mod key;
mod settings;
mod stop;
mod worker;

use commands::{Cli, Command};
use failure::Failure;
use settings::{LogFormat, Settings, Sources};
use std::future::Future;
use std::io::IsTerminal;
use std::process::ExitCode;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    match Cli::read().and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn run(cli: Cli) -> Result<(), Failure> {
    let sources = &cli.sources();
    match cli.command {
        Command::Config => commands::config::run(sources),
        Command::Database(arguments) => {
            let settings = prepare(sources)?;
            until_stopped(|stop| commands::database::run(settings, arguments, stop))
        }
        Command::Demo => {
            let settings = prepare(sources)?;
            unless_interrupted(commands::demo::run(settings))
        }
        Command::Lab(arguments) => until_stopped(|stop| commands::lab::run(arguments, stop)),
        Command::Migrate => {
            let settings = prepare(sources)?;
            unless_interrupted(commands::migrate::run(settings))
        }
        Command::Import(arguments) => {
            let settings = prepare(sources)?;
            unless_interrupted(commands::import::run(settings, arguments))
        }
        Command::Invite(arguments) => {
            let settings = prepare(sources)?;
            unless_interrupted(commands::invite::run(settings, arguments))
        }
        Command::ForgetCode(arguments) => {
            let settings = prepare(sources)?;
            unless_interrupted(commands::forget_code::run(settings, arguments))
        }
        Command::Onboard(arguments) => {
            let settings = prepare(sources)?;
            unless_interrupted(commands::onboard::run(settings, arguments))
        }
        Command::Report(arguments) => {
            let settings = prepare(sources)?;
            unless_interrupted(commands::report::run(settings, arguments))
        }
        Command::RunDay(arguments) => {
            let settings = prepare(sources)?;
            unless_interrupted(commands::run_day::run(settings, arguments))
        }
        Command::Schedule(schedule) => commands::schedule::run(&schedule),
        Command::Serve(arguments) => {
            let settings = prepare(sources)?;
            until_stopped(|stop| commands::serve::run(settings, arguments, stop))
        }
        Command::Work => {
            let settings = prepare(sources)?;
            until_stopped(|stop| commands::work::run(settings, stop))
        }
    }
}

/// Reads the settings and starts the log.
fn prepare(sources: &Sources) -> Result<Settings, Failure> {
    let settings = Settings::read(sources).map_err(Failure::usage)?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(&settings.log))
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    match settings.log_format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
    Ok(settings)
}

/// Runs a command that ends by itself; a signal ends it early, and what it started with it.
fn unless_interrupted(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    until_stopped(|stop| async move {
        tokio::select! {
            outcome = work => outcome,
            () = stop.cancelled() => Err(Failure::interrupted()),
        }
    })
}

/// Runs a command that goes on until it is asked to stop.
fn until_stopped<F>(work: impl FnOnce(CancellationToken) -> F) -> Result<(), Failure>
where
    F: Future<Output = Result<(), Failure>>,
{
    let runtime = tokio::runtime::Runtime::new().map_err(Failure::from)?;
    runtime.block_on(async { work(stop::on_signal()?).await })
}
