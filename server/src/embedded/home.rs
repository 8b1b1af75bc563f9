//! Where the cluster lies.

use super::{Error, Result, user, user::User};
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The cluster's folder in the data folder, or a link to it.
pub const CLUSTER: &str = "postgres";
/// Where root keeps clusters whose data folder the unprivileged user cannot come to.
const ELSEWHERE: &str = "/var/lib/ramal";
/// The longest path of a socket that the kernel takes.
const LONGEST_SOCKET: usize = 107;

pub struct Home {
    cluster: PathBuf,
    /// A short way to the cluster, when its own path is too long for a socket.
    shortcut: Option<TempDir>,
}

impl Home {
    /// Makes the data folder and finds the place of the cluster in it; does not make the cluster.
    pub fn prepare(data_dir: &Path, user: &User) -> Result<Self> {
        make_folder(data_dir, user)?;
        let data_dir = data_dir.canonicalize().map_err(at(data_dir))?;
        let named = data_dir.join(CLUSTER);
        if named.is_symlink() && !named.exists() {
            // The data folder was copied without what its link points to, or that was removed.
            fs::remove_file(&named).map_err(at(&named))?;
        }
        let cluster = if named.exists() {
            named.canonicalize().map_err(at(&named))?
        } else if user.reaches(&data_dir) {
            named
        } else {
            link_elsewhere(&named, user)?
        };
        if let Ok(found) = fs::metadata(&cluster)
            && !user.may_use_files_of(found.uid())
        {
            return Err(Error::NotOurs { folder: cluster, owner: user::name_of(found.uid()) });
        }
        let shortcut = shortcut_to(&cluster)?;
        Ok(Self { cluster, shortcut })
    }

    pub fn cluster(&self) -> &Path {
        &self.cluster
    }

    pub fn log(&self) -> PathBuf {
        self.cluster.join("server.log")
    }

    pub fn is_initialised(&self) -> bool {
        self.made_by().is_some()
    }

    /// The major version that made the cluster; nothing when there is none yet.
    pub fn made_by(&self) -> Option<u32> {
        fs::read_to_string(self.cluster.join("PG_VERSION")).ok()?.trim().parse().ok()
    }

    /// The folder of the socket, by a path that is short enough.
    pub fn socket_folder(&self) -> PathBuf {
        self.shortcut.as_ref().map_or_else(|| self.cluster.clone(), |folder| folder.path().join(CLUSTER))
    }

    /// An empty folder beside the cluster's place, for the user to fill. What an interrupted start left is removed.
    pub fn unfinished(&self, user: &User) -> Result<PathBuf> {
        let folder = self.cluster.with_extension("unfinished");
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(at(&folder))?;
        }
        fs::create_dir(&folder).map_err(at(&folder))?;
        fs::set_permissions(&folder, Permissions::from_mode(0o700)).map_err(at(&folder))?;
        user.own(&folder)?;
        Ok(folder)
    }

    pub fn finish(&self, unfinished: &Path) -> Result<()> {
        fs::rename(unfinished, &self.cluster).map_err(at(&self.cluster))
    }

    /// Says what PostgreSQL wrote last, which is more than its starter knows.
    pub fn with_end_of_log(&self, error: Error) -> Error {
        let Error::Tool { tool, output } = error else { return error };
        let log = fs::read(self.log()).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let last: Vec<&str> = log.lines().rev().take(3).collect();
        let last: Vec<&str> = last.into_iter().rev().collect();
        Error::Tool { tool, output: format!("{output} (end of {}: {})", self.log().display(), last.join(" / ")) }
    }
}

/// Makes a folder that nobody else can read; an existing one stays as it is.
fn make_folder(folder: &Path, user: &User) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder).map_err(at(folder))?;
    fs::set_permissions(folder, Permissions::from_mode(user.mode_above_cluster())).map_err(at(folder))
}

/// A new folder outside, and the link that finds it again.
fn link_elsewhere(named: &Path, user: &User) -> Result<PathBuf> {
    let elsewhere = Path::new(ELSEWHERE);
    make_folder(elsewhere, user)?;
    let folder = tempfile::Builder::new().prefix("cluster-").tempdir_in(elsewhere).map_err(at(elsewhere))?.keep();
    fs::set_permissions(&folder, Permissions::from_mode(user.mode_above_cluster())).map_err(at(&folder))?;
    let cluster = folder.join(CLUSTER);
    tracing::info!("PostgreSQL cannot come to {}: its files are in {}", named.display(), cluster.display());
    symlink(&cluster, named).map_err(at(named))?;
    Ok(cluster)
}

fn shortcut_to(cluster: &Path) -> Result<Option<TempDir>> {
    let socket = cluster.join(format!(".s.PGSQL.{}", super::PORT));
    if socket.as_os_str().len() <= LONGEST_SOCKET {
        return Ok(None);
    }
    let folder = TempDir::with_prefix("ramal-").map_err(at(&std::env::temp_dir()))?;
    symlink(cluster, folder.path().join(CLUSTER)).map_err(at(folder.path()))?;
    Ok(Some(folder))
}

/// Names the file in an error.
pub fn at(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_path_buf();
    move |source| Error::File { path, source }
}
