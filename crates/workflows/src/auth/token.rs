//! Secrets that let their holder in: session cookies and reset links.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use store::sessions::Digest;

/// 32 random bytes. The database keeps only their SHA-256, so that who reads it cannot use them.
#[derive(Clone)]
pub struct Token([u8; 32]);

impl Token {
    pub(crate) fn fresh() -> Self {
        Self(rand::random())
    }

    /// From a cookie or a link; `None` for what cannot be a token.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        BASE64_URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }

    /// 43 characters that a cookie and a link can hold.
    pub fn text(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.0)
    }

    pub(crate) fn digest(&self) -> Digest {
        Sha256::digest(self.0).into()
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Token(…)")
    }
}
