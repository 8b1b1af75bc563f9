//! `ramal database`: lends the private cluster to another program, such as psql, pg_dump or the tests.

use crate::embedded::{Cluster, Durability};
use crate::failure::Failure;
use crate::settings::Settings;
use clap::Args;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use tokio_util::sync::CancellationToken;

#[derive(Args)]
pub struct Arguments {
    /// Use an empty cluster, which is thrown away afterwards, instead of the one in the data folder
    #[arg(long)]
    throw_away: bool,
    /// Let a throw-away cluster write to the disk as one that is kept does, for benchmarks
    #[arg(long, requires = "throw_away")]
    durable: bool,
    /// The program and its arguments
    #[arg(required = true, trailing_var_arg = true, value_name = "PROGRAM")]
    program: Vec<String>,
}

pub async fn run(settings: Settings, arguments: Arguments, stop: CancellationToken) -> Result<(), Failure> {
    let lent =
        tokio::task::spawn_blocking(move || Lent::start(settings.data_dir, arguments.throw_away, arguments.durable))
            .await??;
    let (name, rest) = arguments.program.split_first().ok_or_else(|| Failure::new("which program?"))?;
    let mut child = tokio::process::Command::new(name)
        .args(rest)
        .envs(lent.cluster.environment())
        .spawn()
        .map_err(|error| Failure::new(format!("{name} cannot be started: {error}")))?;
    let status = tokio::select! {
        status = child.wait() => status?,
        () = stop.cancelled() => {
            // Ctrl-C reached the program too; one that runs on would lose its database.
            child.kill().await?;
            return Err(Failure::interrupted());
        }
    };
    match status.code().or_else(|| status.signal().map(|signal| 128 + signal)) {
        Some(0) => Ok(()),
        code => Err(Failure::of_program(code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1))),
    }
}

/// A cluster, and the folder to remove after it.
struct Lent {
    cluster: Cluster,
    _folder: Option<tempfile::TempDir>,
}

impl Lent {
    fn start(data_dir: PathBuf, throw_away: bool, durable: bool) -> Result<Self, Failure> {
        if !throw_away {
            return Ok(Self { cluster: Cluster::start(&data_dir, Durability::Full)?, _folder: None });
        }
        let folder = tempfile::Builder::new().prefix("ramal-").tempdir()?;
        let durability = if durable { Durability::Full } else { Durability::None };
        // A folder in it, so that the cluster makes it with the rights that it needs.
        let cluster = Cluster::start(&folder.path().join("data"), durability)?;
        Ok(Self { cluster, _folder: Some(folder) })
    }
}
