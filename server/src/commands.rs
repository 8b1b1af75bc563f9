//! The command line: one file per command.

pub mod config;
pub mod database;
pub mod demo;
pub mod forget_code;
pub mod import;
pub mod invite;
pub mod lab;
pub mod migrate;
pub mod onboard;
pub mod report;
pub mod run_day;
pub mod schedule;
pub mod serve;
pub mod work;

use crate::failure::Failure;
use crate::settings::Sources;
use clap::error::ErrorKind;
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Ramal, the back office of an internet provider.
#[derive(Parser)]
#[command(version)]
pub struct Cli {
    /// Settings file [default: ramal.toml, when it exists]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder for the private PostgreSQL cluster, the key and the mailbox [default: data]
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<String>,
    /// Use the private PostgreSQL cluster even when DATABASE_URL is set
    #[arg(long, global = true)]
    embedded: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Print every setting: its meaning, its value and where that came from
    Config,
    /// Run a program that uses the private cluster, such as psql; DATABASE_URL and PGHOST are set for it
    Database(database::Arguments),
    /// Stand-ins for the outside world, for trying things out; never in production
    Lab(lab::Arguments),
    /// Make the demo provider, with customers brought over from Odoo and simulated routers
    Demo,
    /// Bring the database to the newest schema
    Migrate,
    /// Bring customers, contracts and their accounts over from another system: previews, asks, imports
    Import(import::Arguments),
    /// Run a business day by hand: bill what is due, then look at who is late
    RunDay(run_day::Arguments),
    /// Print balances or the next invoices as CSV
    Report(report::Arguments),
    /// Find routers from the factory in a range of addresses, show what would be sent, ask, and make them ours
    Onboard(onboard::Arguments),
    /// Invite the first administrator of a new provider
    Invite(invite::Arguments),
    /// Let somebody in without the code from a phone that they lost
    ForgetCode(forget_code::Arguments),
    /// Preview billing, one JSON object a line, without a database
    Schedule(schedule::Schedule),
    /// Serve the web pages
    Serve(serve::Arguments),
    /// Do the jobs at routers and send the mails, beside a `serve` that runs elsewhere
    Work,
}

impl Cli {
    /// The command line of this process. Asked for help or the version, prints it and ends the program.
    ///
    /// # Errors
    /// One line that says what is wrong, with status 2.
    pub fn read() -> Result<Self, Failure> {
        Self::try_parse().map_err(|error| match error.kind() {
            ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => error.exit(),
            _ => Failure::usage(vec![in_one_line(&error.render().to_string())]),
        })
    }

    /// Where settings come from, the command line first.
    pub fn sources(&self) -> Sources {
        let environment =
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        let mut sources = Sources::collect(environment, self.config.as_deref());
        sources.embedded = self.embedded;
        sources.set("data_dir", self.data_dir.clone());
        if let Command::Serve(arguments) = &self.command {
            sources.set("listen", arguments.listen.clone());
        }
        sources
    }
}

/// What clap says in several lines, without the usage and the hints below it.
fn in_one_line(explanation: &str) -> String {
    let lines = explanation.lines().map(str::trim).filter(|line| !line.is_empty());
    let essential = lines.take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more information"));
    essential.collect::<Vec<_>>().join(" ").trim_start_matches("error: ").to_owned()
}
