//! What lives outside the process. `server/src/adapters` implements these; tests have stand-ins.

mod routers;

use std::future::Future;
use std::pin::Pin;

use domain::contact::Email;

pub use routers::{Exchange, Reconciled, RouterAccess, Routers, ServiceResult, Subject};

/// What a port answers later.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends mails.
pub trait Mailer: Send + Sync {
    /// Returns when the mail is with somebody who delivers it.
    fn send<'a>(&'a self, mail: &'a Mail) -> Answer<'a, Result<(), MailFailure>>;
}

/// A mail of plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    pub to: Email,
    pub subject: String,
    pub body: String,
}

/// Why a mail did not leave.
#[derive(Debug, thiserror::Error)]
pub enum MailFailure {
    /// Later it may: the mail server is away, or busy.
    #[error("the mail cannot be sent now: {0}")]
    NotNow(String),
    /// The mail server refuses it for good.
    #[error("the mail server refuses the mail: {0}")]
    Refused(String),
}
