//! The key to secrets at rest.

use crate::failure::Failure;
use crate::settings::SecretKey;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use secrecy::{ExposeSecret, SecretBox, SecretString};
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

type Key = SecretBox<[u8; 32]>;

/// The key as given, or from its file, which is made when it is missing.
pub fn load(key: &SecretKey) -> Result<Key, Failure> {
    match key {
        SecretKey::Given(key) => Ok(SecretBox::new(Box::new(*key.expose_secret()))),
        SecretKey::InFile(path) => read_or_make(path),
    }
}

fn read_or_make(path: &Path) -> Result<Key, Failure> {
    let failed = |error: std::io::Error| Failure::new(format!("the key in {}: {error}", path.display()));
    match fs::read_to_string(path) {
        Ok(text) => decode(&text.into()).ok_or_else(|| {
            // Never replaced: what was encrypted with the lost key could not be read any more.
            Failure::new(format!("{} does not hold 32 bytes in base64: restore it from a copy", path.display()))
        }),
        Err(error) if error.kind() == ErrorKind::NotFound => match make(path).map_err(failed)? {
            Some(key) => Ok(key),
            None => read_or_make(path),
        },
        Err(error) => Err(failed(error)),
    }
}

fn decode(text: &SecretString) -> Option<Key> {
    let bytes = BASE64_STANDARD.decode(text.expose_secret().trim()).ok()?;
    Some(SecretBox::new(Box::new(bytes.try_into().ok()?)))
}

/// Written beside its place, for its owner's eyes only, and then put there. Of two that start at once, one makes the key;
/// the other gets nothing and reads it.
fn make(path: &Path) -> std::io::Result<Option<Key>> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let key: [u8; 32] = rand::random();
    let unfinished = tempfile::Builder::new().prefix("secret.").tempfile_in(folder)?;
    unfinished.as_file().write_all(BASE64_STANDARD.encode(key).as_bytes())?;
    unfinished.as_file().sync_all()?;
    match unfinished.persist_noclobber(path) {
        Ok(_) => Ok(Some(SecretBox::new(Box::new(key)))),
        Err(taken) if taken.error.kind() == ErrorKind::AlreadyExists => Ok(None),
        Err(failed) => Err(failed.error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn load_from(path: &Path) -> Key {
        load(&SecretKey::InFile(path.to_path_buf())).ok().unwrap()
    }

    #[test]
    fn the_key_is_made_once_and_only_its_owner_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data/secret.key");
        let made = load_from(&path);
        assert_eq!(made.expose_secret(), load_from(&path).expose_secret());
        assert_ne!(made.expose_secret(), &[0; 32]);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_damaged_key_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        fs::write(&path, "damaged").unwrap();
        assert!(load(&SecretKey::InFile(path.clone())).is_err());
        assert_eq!(fs::read_to_string(path).unwrap(), "damaged");
    }
}
