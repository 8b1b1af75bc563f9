//! Whom PostgreSQL runs as: it refuses root.

use super::{Error, Result};
use nix::unistd::{Gid, Uid};
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

pub enum User {
    /// The one who started ramal.
    Same,
    /// Ramal runs as root; PostgreSQL as this one.
    Other { uid: Uid, gid: Gid },
}

impl User {
    /// Root's choice is the owner of an existing cluster, then `postgres`, which the package makes, then `nobody`.
    pub fn for_postgres(data_dir: &Path) -> Result<Self> {
        if !Uid::effective().is_root() {
            return Ok(Self::Same);
        }
        if let Ok(cluster) = std::fs::metadata(data_dir.join(super::home::CLUSTER))
            && cluster.uid() != 0
        {
            return Ok(Self::Other { uid: cluster.uid().into(), gid: cluster.gid().into() });
        }
        let account = |name| nix::unistd::User::from_name(name).ok().flatten();
        let account = account("postgres").or_else(|| account("nobody")).ok_or(Error::NoUser)?;
        Ok(Self::Other { uid: account.uid, gid: account.gid })
    }

    /// Makes a command run as this user, without the groups of the one who starts it.
    pub fn run(&self, command: &mut Command) {
        if let Self::Other { uid, gid } = self {
            command.uid(uid.as_raw()).gid(gid.as_raw());
        }
    }

    /// Gives a folder to this user.
    pub fn own(&self, folder: &Path) -> Result<()> {
        let Self::Other { uid, gid } = self else { return Ok(()) };
        std::os::unix::fs::chown(folder, Some(uid.as_raw()), Some(gid.as_raw())).map_err(super::home::at(folder))
    }

    /// For a folder on the way to the cluster: another user may pass through it, but not look around.
    pub fn mode_above_cluster(&self) -> u32 {
        match self {
            Self::Same => 0o700,
            Self::Other { .. } => 0o711,
        }
    }

    /// Whether this user can come to a folder: one above it may be closed, as root's home is.
    pub fn reaches(&self, folder: &Path) -> bool {
        let mut command = Command::new("/bin/true");
        command.current_dir(folder);
        self.run(&mut command);
        command.status().is_ok_and(|status| status.success())
    }

    /// Whether files of `owner` are in good hands.
    pub fn may_use_files_of(&self, owner: u32) -> bool {
        match self {
            Self::Same => owner == Uid::effective().as_raw(),
            Self::Other { uid, .. } => owner == uid.as_raw(),
        }
    }
}

/// The name of a user, or the number when it has none.
pub fn name_of(uid: u32) -> String {
    let account = nix::unistd::User::from_uid(uid.into()).ok().flatten();
    account.map_or_else(|| uid.to_string(), |account| account.name)
}
