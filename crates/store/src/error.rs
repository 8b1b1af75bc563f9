//! What the database refused, told apart where somebody can act on it.

/// The result of every function in this crate.
pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such row.
    #[error("no such row")]
    NotFound,
    /// A value that only one row may have; `constraint` is the name of the index.
    #[error("already taken ({constraint})")]
    Taken { constraint: String },
    /// A period or a range that overlaps another (an exclusion constraint).
    #[error("overlaps another ({constraint})")]
    Overlap { constraint: String },
    /// A CHECK, a foreign key or a trigger refused.
    #[error("refused by the database ({constraint}): {message}")]
    Refused { constraint: String, message: String },
    /// A stored value that the domain does not know: the schema and the code disagree.
    #[error("the database holds what the code does not know: {0}")]
    Unknown(String),
    #[error(transparent)]
    Database(sqlx::Error),
    #[error(transparent)]
    Migration(#[from] sqlx::migrate::MigrateError),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::Database(ref database) => {
                let constraint = database.constraint().unwrap_or_default().to_owned();
                match database.code().as_deref() {
                    Some("23505") => Self::Taken { constraint },
                    Some("23P01") => Self::Overlap { constraint },
                    Some("23514" | "23503" | "23001") => {
                        Self::Refused { constraint, message: database.message().to_owned() }
                    }
                    _ => Self::Database(error),
                }
            }
            error => Self::Database(error),
        }
    }
}

/// What the domain does not take for its own when it is read from a column.
macro_rules! unknown {
    ($($error:ty),* $(,)?) => {$(
        impl From<$error> for Error {
            fn from(error: $error) -> Self {
                Self::Unknown(error.to_string())
            }
        }
    )*};
}

unknown!(
    domain::calendar::CalendarError,
    domain::contact::ContactError,
    domain::invoice::PatternError,
    domain::ip::NotANetwork,
    domain::money::MoneyError,
    domain::position::NotAPosition,
    domain::price::PriceError,
    domain::words::UnknownWord,
    serde_json::Error,
    std::net::AddrParseError,
    std::num::TryFromIntError,
);
