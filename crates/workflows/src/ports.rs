//! What lives outside the process. `server/src/adapters` implements these; tests have stand-ins.

mod consoles;
pub mod gateway;
mod routers;

use std::future::Future;
use std::pin::Pin;

use chrono::{DateTime, Utc};
use domain::contact::{Email, Phone};
use domain::message::{Channel, Purpose};

pub use consoles::{Console, Consoles, Door};
pub use gateway::Gateway;
pub use routers::{
    Changed, Configured, Exchange, Looked, Reconciled, RouterAccess, RouterReading, Routers, ServiceResult, Subject,
};

/// What a port answers later.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends mails.
pub trait Mailer: Send + Sync {
    /// Returns when the mail is with somebody who delivers it.
    fn send<'a>(&'a self, mail: &'a Mail) -> Answer<'a, Result<(), SendFailure>>;
}

/// A mail of plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    pub to: Email,
    pub subject: String,
    pub body: String,
}

/// Sends what rings: by WhatsApp or SMS, through whoever the provider has for it.
pub trait Texter: Send + Sync {
    /// Returns when somebody who delivers it has it, with what they answered.
    fn send<'a>(&'a self, text: &'a Text) -> Answer<'a, Result<String, SendFailure>>;
}

/// A short text to a telephone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The same for each try: whoever delivers it does so once.
    pub idempotency_key: String,
    pub channel: Channel,
    pub purpose: Purpose,
    pub to: Phone,
    pub text: String,
    /// The moment of this try.
    pub at: DateTime<Utc>,
}

/// There is nobody who delivers what rings.
pub struct NoTexter;

impl Texter for NoTexter {
    fn send<'a>(&'a self, _: &'a Text) -> Answer<'a, Result<String, SendFailure>> {
        Box::pin(async { Err(SendFailure::NotNow("RAMAL_MESSAGES_URL".to_owned())) })
    }
}

/// Why a message did not leave.
#[derive(Debug, thiserror::Error)]
pub enum SendFailure {
    /// Later it may: whoever delivers it is away, or busy.
    #[error("the message cannot be sent now: {0}")]
    NotNow(String),
    /// Whoever delivers it refuses it for good.
    #[error("the message is refused: {0}")]
    Refused(String),
}

impl SendFailure {
    /// What was answered.
    pub fn words(&self) -> &str {
        match self {
            Self::NotNow(words) | Self::Refused(words) => words,
        }
    }
}
