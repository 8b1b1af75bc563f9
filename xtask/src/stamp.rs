//! A step is skipped when what it was made from is unchanged.

use anyhow::{Context, Result};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// The fingerprint of everything that a step depends on.
pub struct Stamp(DefaultHasher);

impl Stamp {
    /// A fingerprint of contents alone.
    pub fn empty() -> Self {
        Self(DefaultHasher::new())
    }

    /// A fingerprint that already holds this program: another xtask may build otherwise.
    pub fn new() -> Result<Self> {
        let mut stamp = Self::empty();
        stamp.file_state(&std::env::current_exe()?)?;
        Ok(stamp)
    }

    pub fn text(&mut self, text: &str) {
        text.hash(&mut self.0);
    }

    /// A large file, by size and time of change.
    pub fn file_state(&mut self, path: &Path) -> Result<()> {
        let state = fs::metadata(path).with_context(|| format!("{} is missing", path.display()))?;
        (path, state.len(), state.modified()?).hash(&mut self.0);
        Ok(())
    }

    /// The contents of all files in a folder, which need not exist, and their names.
    pub fn folder(&mut self, folder: &Path) -> Result<()> {
        for file in files(folder)? {
            file.strip_prefix(folder)?.hash(&mut self.0);
            fs::read(&file)?.hash(&mut self.0);
        }
        Ok(())
    }

    /// Sixteen hexadecimal digits.
    pub fn finish(&self) -> String {
        format!("{:016x}", self.0.finish())
    }
}

/// Whether `output` was made from what `stamp` tells; `note` is the file that remembers.
pub fn is_current(note: &Path, stamp: &str, output: &Path) -> bool {
    output.exists() && fs::read_to_string(note).is_ok_and(|noted| noted == stamp)
}

/// All files under a folder, sorted; none when it does not exist.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
