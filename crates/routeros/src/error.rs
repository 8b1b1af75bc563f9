use std::fmt;
use std::io;

use thiserror::Error;

use crate::reply::Trap;
use crate::session::ProtocolError;

/// Why a connection or a command failed. None of it holds a password.
#[derive(Debug, Error)]
pub enum Error {
    #[error("cannot connect to {address}: {source}")]
    Connect { address: String, source: io::Error },
    #[error("no answer in time while {0}")]
    TimedOut(Stage),
    /// The connection was closed before the command was sent: nothing happened.
    #[error("the connection is closed")]
    Closed,
    /// The connection broke while the command was in flight: it may have been carried out.
    #[error("the connection was lost, whether the command was carried out is unknown: {0}")]
    Lost(Loss),
    /// While logging in; afterwards it is a [`Loss`].
    #[error("not the RouterOS API: {0}")]
    Protocol(#[from] ProtocolError),
    #[error("login refused: {message}")]
    LoginRefused { message: String },
    #[error("the router refused: {0}")]
    Trap(Trap),
    /// The router closed the conversation, with a reason. A command in flight may have been carried out.
    #[error("the router ended the conversation: {message}")]
    Fatal { message: String },
    /// The answer to one command was too much to keep. The command was cancelled.
    #[error("the answer is larger than {limit} bytes")]
    TooLarge { limit: usize },
}

impl Error {
    /// Whether the router may have carried out the command although it failed here. Then **read** what the router
    /// holds before repeating it: a blind repetition of an add adds twice.
    #[must_use]
    pub fn outcome_unknown(&self) -> bool {
        match self {
            Self::Lost(_) | Self::Fatal { .. } | Self::TimedOut(Stage::Answering) | Self::TooLarge { .. } => true,
            Self::Trap(trap) => trap.category == Some(crate::Category::Interrupted),
            Self::Connect { .. } | Self::TimedOut(_) | Self::Closed | Self::Protocol(_) | Self::LoginRefused { .. } => {
                false
            }
        }
    }
}

/// What was waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Connecting,
    LoggingIn,
    /// The command was not sent: too many others were in flight.
    Queueing,
    /// The command was sent.
    Answering,
}

impl fmt::Display for Stage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Connecting => "connecting",
            Self::LoggingIn => "logging in",
            Self::Queueing => "waiting for other commands",
            Self::Answering => "waiting for the router's answer",
        })
    }
}

/// How a connection in use was lost.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Loss {
    #[error("the router closed the connection")]
    ClosedByRouter,
    #[error("{0}")]
    Io(io::ErrorKind),
    #[error("{0}")]
    Protocol(#[from] ProtocolError),
    #[error("the router said: {0}")]
    Fatal(String),
    /// A cancelled command was not ended in time: the router does not answer any more.
    #[error("the router does not answer")]
    Silent,
    /// [`Client::close`](crate::Client::close) was called.
    #[error("closed here")]
    ClosedHere,
}

impl From<Loss> for Error {
    fn from(loss: Loss) -> Self {
        match loss {
            Loss::Fatal(message) => Self::Fatal { message },
            loss => Self::Lost(loss),
        }
    }
}
