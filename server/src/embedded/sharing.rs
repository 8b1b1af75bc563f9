//! Several `ramal` commands may use one cluster: the first starts it, the last stops it.
//!
//! Each holds a shared lock on `users.lock`. Who comes or goes holds `door.lock` for that moment, so that nobody joins
//! a cluster that is being stopped. The kernel takes locks back from a process that dies.

use super::Result;
use super::home::at;
use std::fs::{File, OpenOptions};
use std::path::Path;

pub struct Sharing {
    door: File,
    users: File,
}

impl Sharing {
    pub fn prepare(data_dir: &Path) -> Result<Self> {
        let open = |name: &str| {
            let path = data_dir.join(name);
            OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(at(&path))
        };
        Ok(Self { door: open("door.lock")?, users: open("users.lock")? })
    }

    /// Counts as a user once `start` succeeds.
    pub fn join(&self, start: impl FnOnce() -> Result<()>) -> Result<()> {
        let path = Path::new("door.lock");
        self.door.lock().map_err(at(path))?;
        let joined = start().and_then(|()| self.users.lock_shared().map_err(at(Path::new("users.lock"))));
        self.door.unlock().map_err(at(path))?;
        joined
    }

    /// Runs `stop` when nobody else is left.
    pub fn leave(&self, stop: impl FnOnce()) {
        // A lock that fails here leaves the cluster running: the next `ramal` takes it over.
        if self.door.lock().is_ok() {
            if self.users.unlock().is_ok() && self.users.try_lock().is_ok() {
                stop();
            }
            let _ = self.door.unlock();
        }
    }
}
