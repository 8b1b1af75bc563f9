//! What a workflow answers when it does not do what was asked.

use domain::failure::Failure;

pub type Result<T> = std::result::Result<T, Error>;

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
