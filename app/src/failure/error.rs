//! The error of every server function: as data on the server, as sentences in the browser.

use leptos::server_fn::{codec::JsonEncoding, error::FromServerFnError, error::ServerFnErrorErr};
use serde::{Deserialize, Serialize};

use domain::failure::Failure;

use super::{fields, sentence};
use crate::{i18n::Words, preferences::Preferences};

/// What a person can act on, or the number of an incident of ours.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum AppError {
    Failure(Box<Told>),
    /// The address names nothing.
    NotThere,
    /// The answer did not arrive: whether it was done is not known.
    NotDelivered,
    /// What was sent cannot be read: a page older than the server, or an address made by hand. Nothing was done.
    NotUnderstood,
}

/// A failure with its words in the reader's language. It is worded once, where it happens, which is the server: browsers
/// carry neither the words of all failures nor the code that tells them apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told {
    #[cfg(feature = "ssr")]
    pub cause: Failure,
    sentence: String,
    /// The mistakes in a form: each field's name with its sentence.
    fields: Vec<(String, String)>,
    /// The record is not any more what the page showed.
    is_stale: bool,
    /// Somebody else filled it in: there is nothing to correct.
    is_anothers: bool,
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::NotDelivered,
            #[cfg(feature = "ssr")]
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::NotUnderstood
            }
            #[cfg(feature = "ssr")]
            error => Self::incident(&error),
            #[cfg(not(feature = "ssr"))]
            _ => Self::NotDelivered,
        }
    }
}

impl From<Failure> for AppError {
    fn from(cause: Failure) -> Self {
        let t = Words::of(Preferences::current().locale);
        let is_stale = matches!(cause, Failure::ChangedMeanwhile | Failure::Work { .. });
        let is_anothers = matches!(cause, Failure::Anothers { .. });
        let (sentence, fields) = (sentence(&cause, t), fields(&cause, t));
        Self::Failure(Box::new(Told {
            #[cfg(feature = "ssr")]
            cause,
            sentence,
            fields,
            is_stale,
            is_anothers,
        }))
    }
}

#[cfg(feature = "ssr")]
impl From<workflows::Error> for AppError {
    fn from(error: workflows::Error) -> Self {
        match error {
            workflows::Error::Refused(failure) => failure.into(),
            workflows::Error::Internal(cause) => Self::incident(cause.as_ref()),
        }
    }
}

#[cfg(feature = "ssr")]
impl AppError {
    /// Ours: logs the cause, and tells the reader only the number to find it by.
    pub fn incident(cause: &dyn std::error::Error) -> Self {
        /// No letters or digits that look alike on the phone.
        const DIGITS: &[u8] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        let mut number = String::new();
        for byte in rand::random::<[u8; 8]>() {
            number.push(char::from(DIGITS[usize::from(byte) % DIGITS.len()]));
        }
        tracing::error!(incident = number, cause = ?cause, "a request failed");
        Failure::Incident { number }.into()
    }

    /// The number of an incident of ours.
    #[must_use]
    pub fn incident_number(&self) -> Option<&str> {
        match self {
            Self::Failure(told) => match &told.cause {
                Failure::Incident { number } => Some(number),
                _ => None,
            },
            _ => None,
        }
    }

    /// The HTTP status that says the same.
    #[must_use]
    pub fn status(&self) -> http::StatusCode {
        use http::StatusCode;
        match self {
            Self::Failure(told) => match told.cause {
                Failure::NotSignedIn | Failure::WrongCredentials => StatusCode::UNAUTHORIZED,
                Failure::Forbidden { .. } => StatusCode::FORBIDDEN,
                Failure::NotFound => StatusCode::NOT_FOUND,
                Failure::TooManyAttempts { .. } => StatusCode::TOO_MANY_REQUESTS,
                Failure::ChangedMeanwhile => StatusCode::CONFLICT,
                Failure::Incident { .. } => StatusCode::INTERNAL_SERVER_ERROR,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            },
            Self::NotThere => StatusCode::NOT_FOUND,
            Self::NotDelivered => StatusCode::BAD_GATEWAY,
            Self::NotUnderstood => StatusCode::BAD_REQUEST,
        }
    }
}

impl AppError {
    /// The mistakes in a form: each field's name with its sentence. Empty when the form is not at fault.
    #[must_use]
    pub fn fields(&self) -> Vec<(String, String)> {
        match self {
            Self::Failure(told) => told.fields.clone(),
            _ => Vec::new(),
        }
    }

    /// What happened, whether anything was lost, and the next step.
    #[must_use]
    pub fn sentence(&self, t: Words) -> String {
        match self {
            Self::Failure(told) => told.sentence.clone(),
            Self::NotThere => t.failure.not_found().to_owned(),
            Self::NotDelivered => t.failure.not_delivered().to_owned(),
            Self::NotUnderstood => t.failure.not_understood().to_owned(),
        }
    }

    /// Whether somebody else changed the record since the page was loaded.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        matches!(self, Self::Failure(told) if told.is_stale)
    }

    /// Whether somebody else filled in what was sent: it waits until they sign in.
    #[must_use]
    pub fn is_anothers(&self) -> bool {
        matches!(self, Self::Failure(told) if told.is_anothers)
    }
}
