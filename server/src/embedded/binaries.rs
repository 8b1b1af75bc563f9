//! The programs of PostgreSQL, and how they are called.

use super::home::Home;
use super::user::User;
use super::{Error, Result};
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The oldest version that has everything Ramal uses.
const OLDEST: u32 = 15;

/// The folder with the programs of one version.
pub struct Binaries(PathBuf);

impl Binaries {
    /// Those of the version that made the cluster, or else the newest.
    pub fn find(home: &Home) -> Result<Self> {
        let mut installed = installed();
        match home.made_by() {
            Some(version) => installed
                .into_iter()
                .find(|(installed, _)| *installed == version)
                .map(|(_, folder)| Self(folder))
                .ok_or_else(|| Error::VersionMissing { folder: home.cluster().to_path_buf(), made_by: version }),
            None => {
                installed.sort();
                let newest = installed.pop().filter(|(version, _)| *version >= OLDEST);
                newest.map(|(_, folder)| Self(folder)).ok_or(Error::NotInstalled)
            }
        }
    }

    pub fn tool(&self, name: &'static str, user: &User) -> Tool {
        let mut command = Command::new(self.0.join(name));
        // PGPORT, PGDATA and their like would change what the programs do; a folder that the user may not enter
        // would stop them.
        command.env_clear().env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").env("LC_ALL", "C.UTF-8").current_dir("/");
        user.run(&mut command);
        Tool { name, command, input: None }
    }
}

/// Every installed version: Debian's place, then the search path.
fn installed() -> Vec<(u32, PathBuf)> {
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let debian = debian.map(|entry| entry.path().join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let searched: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let complete = |folder: &PathBuf| ["initdb", "pg_ctl", "postgres"].iter().all(|name| folder.join(name).exists());
    debian.chain(searched).filter(complete).filter_map(|folder| Some((version_of(&folder)?, folder))).collect()
}

/// The major version of the programs in a folder.
fn version_of(folder: &Path) -> Option<u32> {
    let output = Command::new(folder.join("postgres")).arg("--version").output().ok()?;
    // "postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)", "postgres (PostgreSQL) 18beta1"
    let text = String::from_utf8(output.stdout).ok()?;
    let number = text.split_whitespace().nth(2)?;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// One call of a program.
pub struct Tool {
    name: &'static str,
    command: Command,
    input: Option<String>,
}

impl Tool {
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    pub fn args<const N: usize>(mut self, arguments: [&str; N]) -> Self {
        self.command.args(arguments);
        self
    }

    /// What it reads from its standard input.
    pub fn input(mut self, text: &str) -> Self {
        self.input = Some(text.to_owned());
        self
    }

    pub fn succeeds(mut self) -> bool {
        let quiet = self.command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        quiet.status().is_ok_and(|status| status.success())
    }

    /// Waits for its end; what it wrote tells why it failed.
    pub fn run(mut self) -> Result<()> {
        let failed = |output: String| Error::Tool { tool: self.name.to_owned(), output };
        // To a file, not a pipe: the postmaster inherits it, and a pipe would stay open as long as it lives.
        let output = tempfile::tempfile().map_err(|error| failed(error.to_string()))?;
        let copy = |file: &std::fs::File| file.try_clone().map_err(|error| failed(error.to_string()));
        let stdin = if self.input.is_some() { Stdio::piped() } else { Stdio::null() };
        self.command.stdin(stdin).stdout(copy(&output)?).stderr(copy(&output)?);
        let mut child = self.command.spawn().map_err(|error| failed(error.to_string()))?;
        if let (Some(mut stdin), Some(text)) = (child.stdin.take(), &self.input) {
            stdin.write_all(text.as_bytes()).map_err(|error| failed(error.to_string()))?;
        }
        let status = child.wait().map_err(|error| failed(error.to_string()))?;
        if status.success() {
            return Ok(());
        }
        Err(failed(read_from_start(output).unwrap_or_else(|error| error.to_string())))
    }
}

fn read_from_start(mut file: std::fs::File) -> std::io::Result<String> {
    use std::io::{Read, Seek};
    let mut bytes = Vec::new();
    file.rewind()?;
    file.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" "))
}
