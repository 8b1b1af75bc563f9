//! Argon2id, at a pace that the machine can bear.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use domain::password::Password;
use tokio::sync::Semaphore;

use crate::{Error, Result};

/// Each hash takes 19 MiB and tens of milliseconds: a crowd at the door waits in line instead of taking the machine.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// The hash of no password, to be checked when there is none, so that a stranger waits as long as a user.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash_now(&rand::random::<[u8; 32]>()).ok());

/// An argon2id PHC string with a salt of its own.
pub(crate) async fn hash(password: &Password) -> Result<String> {
    let password = password.clone();
    blocking(move || hash_now(password.expose().as_bytes())).await?.map_err(Error::internal)
}

/// Whether the password is the one that was hashed. Without a hash it never is, and takes as long to find out.
pub(crate) async fn is_right(password: &Password, hash: Option<String>) -> Result<bool> {
    let password = password.clone();
    blocking(move || {
        // Asked for in any case: the first time it is made, and that must not tell a stranger from a user.
        let nobody = NOBODY.clone();
        let known = hash.is_some();
        let Some(hash) = hash.or(nobody) else { return false };
        let matches = PasswordHash::new(&hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.expose().as_bytes(), &hash).is_ok());
        matches && known
    })
    .await
}

fn hash_now(password: &[u8]) -> std::result::Result<String, argon2::password_hash::Error> {
    Ok(Argon2::default().hash_password(password)?.to_string())
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _turn = AT_ONCE.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_same_password_is_right_and_equal_passwords_have_different_hashes() {
        let password = Password::new("a long enough one");
        let (first, second) = (hash(&password).await.unwrap(), hash(&password).await.unwrap());
        assert!(first.starts_with("$argon2id$"));
        assert_ne!(first, second);
        assert!(is_right(&password, Some(first.clone())).await.unwrap());
        assert!(!is_right(&Password::new("another long one"), Some(first)).await.unwrap());
        assert!(!is_right(&password, None).await.unwrap());
    }
}
