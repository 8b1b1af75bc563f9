//! What a workflow answers when it does not do what was asked.

use domain::failure::Failure;

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Somebody can act on this: it is told to them.
    #[error(transparent)]
    Refused(#[from] Failure),
    /// Ours: it is logged, and told as an incident number.
    #[error(transparent)]
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    pub fn internal(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Internal(Box::new(error))
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::NotFound => Self::Refused(Failure::NotFound),
            error => Self::internal(error),
        }
    }
}

impl From<domain::contract::LifecycleError> for Error {
    fn from(error: domain::contract::LifecycleError) -> Self {
        Self::Refused(error.into())
    }
}

/// Logs what happened under a number that people can quote, and answers the number.
pub fn incident(error: &(dyn std::error::Error + 'static)) -> String {
    let number = hex::encode(rand::random::<[u8; 4]>());
    let mut causes = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        causes.push_str(": ");
        causes.push_str(&cause.to_string());
        source = cause.source();
    }
    tracing::error!(incident = number, error = causes, "incident");
    number
}
