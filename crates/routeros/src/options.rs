use std::sync::Arc;
use std::time::Duration;

use rustls::RootCertStore;
use secrecy::SecretString;

use crate::wire::Limits;

/// How to reach one router, and how gently to treat it.
#[derive(Clone, Debug)]
pub struct Options {
    /// Name or address, without the port.
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub user: String,
    pub password: SecretString,
    /// For TCP and TLS together, and once more for the login.
    pub connect_timeout: Duration,
    /// From sending a command to its end; for a streamed print, from row to row.
    pub command_timeout: Duration,
    /// Commands in flight at a time, at least 1. Others wait.
    pub in_flight: usize,
    /// Commands started per second; `None` is no limit.
    pub per_second: Option<u32>,
    /// The most that the answer to one command may take in memory, in bytes.
    pub answer_limit: usize,
    pub wire_limits: Limits,
}

impl Options {
    /// Plain TCP to port 8728, 8 commands in flight, 60 s for each.
    #[must_use]
    pub fn plain(host: impl Into<String>, user: impl Into<String>, password: impl Into<SecretString>) -> Self {
        Self {
            host: host.into(),
            port: 8728,
            tls: Tls::Off,
            user: user.into(),
            password: password.into(),
            connect_timeout: Duration::from_secs(10),
            command_timeout: Duration::from_secs(60),
            in_flight: 8,
            per_second: None,
            answer_limit: 256 << 20,
            wire_limits: Limits::default(),
        }
    }

    /// The same over TLS, port 8729.
    #[must_use]
    pub fn encrypted(
        host: impl Into<String>,
        user: impl Into<String>,
        password: impl Into<SecretString>,
        tls: Tls,
    ) -> Self {
        Self { port: 8729, tls, ..Self::plain(host, user, password) }
    }

    pub(crate) fn address(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }
}

/// Routers sign their own certificates, so the usual way is to pin the one that was installed.
///
/// `api-ssl` without a certificate speaks anonymous Diffie-Hellman, which is not supported: anybody could answer.
#[derive(Clone, Debug)]
pub enum Tls {
    Off,
    /// SHA-256 of the router's certificate in DER. Its names and dates are not looked at.
    Pinned([u8; 32]),
    /// The certificate must be signed by one of these for the host's name.
    Roots(Arc<RootCertStore>),
}
