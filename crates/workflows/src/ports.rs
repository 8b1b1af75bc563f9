//! What lives outside the process. `server/src/adapters` implements these; tests have stand-ins.

mod consoles;
pub mod gateway;
mod routers;

use std::future::Future;
use std::pin::Pin;

use chrono::{DateTime, Utc};
use domain::contact::{Email, Language, Phone};
use domain::failure::Failure;
use domain::message::{Channel, Purpose};
use domain::report::FileFormat;

use crate::Context;
use crate::auth::SignedIn;

pub use consoles::{Console, Consoles, Door};
pub use gateway::Gateway;
pub use routers::{
    Changed, Configured, Exchange, Looked, Reconciled, RouterAccess, RouterReading, Routers, ServiceResult, Subject,
    Transcript,
};

/// What a port answers later.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends mails.
pub trait Mailer: Send + Sync {
    /// Returns when the mail is with somebody who delivers it.
    fn send<'a>(&'a self, mail: &'a Mail) -> Answer<'a, Result<(), SendFailure>>;
}

/// A mail of plain text, with a file or without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    pub to: Email,
    pub subject: String,
    pub body: String,
    pub file: Option<Attachment>,
}

/// A file that a mail brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub name: String,
    pub mime: &'static str,
    pub content: Vec<u8>,
}

/// Makes files of lists, in words and as their reader may see them: what a list shows is said beside its page.
pub trait Lists: Send + Sync {
    /// # Errors
    /// What the list's page would say to its reader, such as `Forbidden`.
    fn make<'a>(&'a self, context: &'a Context, wanted: &'a WantedList) -> Answer<'a, crate::Result<ListFile>>;
}

/// A list for somebody.
#[derive(Clone, Debug)]
pub struct WantedList {
    pub reader: SignedIn,
    /// What the report is called.
    pub name: String,
    /// Its address below the office's.
    pub list: String,
    /// As in the address, from its question mark on.
    pub query: String,
    pub format: FileFormat,
    pub language: Language,
    /// Bytes that can be sent: what has more need not be made to its end.
    pub most: usize,
}

#[derive(Clone, Debug)]
pub struct ListFile {
    pub attachment: Attachment,
    pub rows: i64,
}

/// There is nobody who makes files of lists.
pub struct NoLists;

impl Lists for NoLists {
    fn make<'a>(&'a self, _: &'a Context, _: &'a WantedList) -> Answer<'a, crate::Result<ListFile>> {
        Box::pin(async { Err(Failure::NotFound.into()) })
    }
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
