//! Secrets at rest: device passwords and PPPoE secrets are stored encrypted.

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

/// Encrypts with XChaCha20-Poly1305. A stored secret is its 24-byte nonce followed by the sealed text.
#[derive(Clone)]
pub struct Vault {
    cipher: XChaCha20Poly1305,
    marking: [u8; 32],
}

/// A stored secret that this key does not open: another key sealed it, or it was altered.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("a stored secret cannot be opened with the present key")]
pub struct CannotOpen;

const NONCE_LENGTH: usize = 24;

impl Vault {
    pub fn new(key: &[u8; 32]) -> Self {
        let marking = Sha256::new().chain_update("ramal marks").chain_update(key).finalize().into();
        Self { cipher: XChaCha20Poly1305::new(&Key::from(*key)), marking }
    }

    pub fn seal(&self, secret: &SecretString) -> crate::Result<Vec<u8>> {
        let nonce: [u8; NONCE_LENGTH] = rand::random();
        let sealed = self
            .cipher
            .encrypt(&XNonce::from(nonce), secret.expose_secret().as_bytes())
            .map_err(|_| crate::Error::internal(CannotOpen))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// By what a short secret is found again: the same for the same text, and nothing that could be guessed from without
    /// the key.
    pub fn mark(&self, text: &str) -> [u8; 32] {
        Sha256::new().chain_update(self.marking).chain_update(text).finalize().into()
    }

    pub fn open(&self, stored: &[u8]) -> Result<SecretString, CannotOpen> {
        let (nonce, sealed) = stored.split_first_chunk::<NONCE_LENGTH>().ok_or(CannotOpen)?;
        let plain = self.cipher.decrypt(&XNonce::from(*nonce), sealed).map_err(|_| CannotOpen)?;
        String::from_utf8(plain).map(SecretString::from).map_err(|_| CannotOpen)
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Vault")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_the_same_for_one_text_under_one_key() {
        let (one, other) = (Vault::new(&[1; 32]), Vault::new(&[2; 32]));
        assert_eq!(one.mark("K7MW3RTX9P"), one.mark("K7MW3RTX9P"));
        assert_ne!(one.mark("K7MW3RTX9P"), one.mark("K7MW3RTX9A"));
        assert_ne!(one.mark("K7MW3RTX9P"), other.mark("K7MW3RTX9P"));
    }

    #[test]
    fn a_sealed_secret_opens_with_its_key_only_and_never_looks_the_same_twice() {
        let vault = Vault::new(&[1; 32]);
        let secret = SecretString::from("clave".to_owned());
        let (first, second) = (vault.seal(&secret).unwrap(), vault.seal(&secret).unwrap());
        assert_ne!(first, second);
        assert_eq!(vault.open(&first).unwrap().expose_secret(), "clave");
        assert!(Vault::new(&[2; 32]).open(&first).is_err());
        assert!(vault.open(&first[..10]).is_err());
    }
}
