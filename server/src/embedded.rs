//! A PostgreSQL cluster of Ramal's own: the same engine in a demo as in production, with nothing to configure.
//!
//! It lies in the data folder, listens on a socket inside its own folder only (which nobody else may enter), and runs
//! as long as any `ramal` that uses it. Deliberately absent: TCP, passwords, tuning. Who needs those sets
//! `DATABASE_URL`.

mod binaries;
mod home;
mod sharing;
mod user;

use binaries::Binaries;
use home::Home;
use sharing::Sharing;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use user::User;

/// Seconds for the cluster to start or stop; after a power cut it may have work to do first.
const PATIENCE: &str = "120";
/// Only names the socket's file: the cluster does not listen on the network.
const PORT: &str = "5432";
/// The role that owns everything in the cluster, and the database.
const NAME: &str = "ramal";

/// Why there is no cluster; one sentence for a person.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("PostgreSQL 15 or newer is not installed: on Debian, `apt-get install postgresql` brings it")]
    NotInstalled,
    #[error(
        "the database in {folder} was made by PostgreSQL {made_by}, which is not installed: \
         on Debian, `apt-get install postgresql-{made_by}` brings it"
    )]
    VersionMissing { folder: PathBuf, made_by: u32 },
    #[error("{folder} belongs to the user {owner}: start ramal as that user, or as root")]
    NotOurs { folder: PathBuf, owner: String },
    #[error("PostgreSQL refuses to run as root, and there is neither a user `postgres` nor `nobody` to run it as")]
    NoUser,
    #[error("{tool} failed: {output}")]
    Tool { tool: String, output: String },
    #[error("{path}: {source}")]
    File { path: PathBuf, source: io::Error },
}

type Result<T> = std::result::Result<T, Error>;

/// How much the data is worth.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// A commit survives a power cut.
    Full,
    /// Faster; for data that is thrown away.
    None,
}

/// A running cluster. Dropping it stops the cluster, unless another `ramal` still uses it.
pub struct Cluster {
    binaries: Binaries,
    home: Home,
    sharing: Sharing,
    user: User,
}

impl Cluster {
    /// Starts the cluster in `data_dir`, which is made when missing; joins it when it runs already.
    ///
    /// Blocks until connections are accepted.
    pub fn start(data_dir: &Path, durability: Durability) -> Result<Self> {
        let user = User::for_postgres(data_dir)?;
        let home = Home::prepare(data_dir, &user)?;
        let binaries = Binaries::find(&home)?;
        let sharing = Sharing::prepare(data_dir)?;
        let cluster = Self { binaries, home, sharing, user };
        cluster.sharing.join(|| cluster.ensure_running(durability))?;
        Ok(cluster)
    }

    /// The address of the database, as sqlx and psql read it.
    pub fn url(&self) -> String {
        let socket: String = self.home.socket_folder().to_string_lossy().bytes().map(percent_encoded).collect();
        format!("postgres://{NAME}@{socket}:{PORT}/{NAME}")
    }

    /// The same for other programs: `DATABASE_URL`, and what PostgreSQL's own tools read.
    pub fn environment(&self) -> [(&'static str, OsString); 5] {
        [
            ("DATABASE_URL", self.url().into()),
            ("PGHOST", self.home.socket_folder().into()),
            ("PGPORT", PORT.into()),
            ("PGUSER", NAME.into()),
            ("PGDATABASE", NAME.into()),
        ]
    }

    fn ensure_running(&self, durability: Durability) -> Result<()> {
        if !self.home.is_initialised() {
            self.initialise()?;
        }
        // Also true for a cluster whose `ramal` died: it is taken over.
        if self.answers() { Ok(()) } else { self.start_postmaster(durability) }
    }

    fn answers(&self) -> bool {
        self.tool("pg_isready")
            .arg("--quiet")
            .args(["--port", PORT])
            .arg("--host")
            .arg(self.home.socket_folder())
            .succeeds()
    }

    /// Makes the files of the cluster beside their place and moves them there when complete.
    fn initialise(&self) -> Result<()> {
        tracing::info!("making a database in {}", self.home.cluster().display());
        let unfinished = self.home.unfinished(&self.user)?;
        self.tool("initdb")
            .arg("--pgdata")
            .arg(&unfinished)
            .args(["--username", NAME, "--auth-local=trust", "--auth-host=reject", "--encoding=UTF8"])
            // Names sort as people expect in every language, not by code point.
            .args(["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=und", "--no-instructions"])
            .run()?;
        self.tool("postgres")
            .arg("--single")
            .arg("-D")
            .arg(&unfinished)
            .arg("postgres")
            .input(&format!("create database {NAME};\n"))
            .run()?;
        self.home.finish(&unfinished)
    }

    fn start_postmaster(&self, durability: Durability) -> Result<()> {
        // The socket lies in the cluster's own folder: closed to others, and without the limit of 107 characters
        // on the side of the server.
        let mut options = format!("-p {PORT} -k . -c listen_addresses='' -c log_checkpoints=off");
        if durability == Durability::None {
            options.push_str(" -c fsync=off -c synchronous_commit=off -c full_page_writes=off");
        }
        self.tool("pg_ctl")
            .args(["start", "--silent", "--wait", "--timeout", PATIENCE])
            .arg("--pgdata")
            .arg(self.home.cluster())
            .arg("--log")
            .arg(self.home.log())
            .arg("--options")
            .arg(&options)
            .run()
            .map_err(|error| self.home.with_end_of_log(error))
    }

    fn stop_postmaster(&self) {
        let stopped = self
            .tool("pg_ctl")
            .args(["stop", "--silent", "--wait", "--mode=fast", "--timeout", PATIENCE])
            .arg("--pgdata")
            .arg(self.home.cluster())
            .run();
        if let Err(error) = stopped {
            tracing::error!("the private PostgreSQL does not stop: {error}");
        }
    }

    fn tool(&self, name: &'static str) -> binaries::Tool {
        self.binaries.tool(name, &self.user)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.sharing.leave(|| self.stop_postmaster());
    }
}

/// A byte as it may stand in the host of an address.
fn percent_encoded(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}
