//! Routers that are no record yet, spoken to command by command.

use std::net::IpAddr;
use std::time::Duration;

use domain::network::{Attributes, Because};
use domain::onboarding::Call;
use secrecy::SecretString;

use super::{Answer, Exchange};

/// Opens conversations with routers.
pub trait Consoles: Send + Sync {
    /// Logs in; one try.
    fn open<'a>(&'a self, door: &'a Door) -> Answer<'a, Result<Box<dyn Console>, Because>>;

    /// From which of our addresses one gets there: what the router sees, when nothing between us translates it.
    fn own_address<'a>(&'a self, host: &'a str, port: u16) -> Answer<'a, Option<IpAddr>>;

    /// A command as it may be shown and kept: secrets are masked.
    fn shown(&self, call: &Call) -> String;
}

/// One connection to one router, logged in. It closes when it is dropped.
pub trait Console: Send + Sync {
    /// Sends one command: what may be kept of it, and the rows that were answered.
    fn run<'a>(&'a self, call: &'a Call) -> Answer<'a, (Exchange, Result<Vec<Attributes>, Because>)>;
}

/// What it takes to be let in. Printing it does not show the password.
#[derive(Clone, Debug)]
pub struct Door {
    pub host: String,
    pub port: u16,
    /// SHA-256 of its certificate; `None`: without encryption.
    pub certificate: Option<[u8; 32]>,
    pub username: String,
    pub password: SecretString,
    /// For the connection, and once more for the login.
    pub patience: Duration,
}
