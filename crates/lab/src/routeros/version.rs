use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A RouterOS version: `7.20.8`, `6.42`. Release candidates and the like are not told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    pub major: u16,
    pub minor: u16,
    pub patch: u16,
}

impl Version {
    #[must_use]
    pub const fn new(major: u16, minor: u16, patch: u16) -> Self {
        Self { major, minor, patch }
    }

    /// Passwords are answered to a challenge, and never sent.
    pub(crate) fn logs_in_by_challenge(self) -> bool {
        self < Self::new(6, 43, 0)
    }

    /// A print without rows says `!empty` before `!done`.
    pub(crate) fn says_empty(self) -> bool {
        self >= Self::new(7, 18, 0)
    }
}

#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("not a RouterOS version: {0}")]
pub struct UnknownVersion(pub String);

impl FromStr for Version {
    type Err = UnknownVersion;

    fn from_str(text: &str) -> Result<Self, UnknownVersion> {
        let unknown = || UnknownVersion(text.to_owned());
        let numbers: Result<Vec<u16>, _> = text.split('.').map(str::parse).collect();
        match numbers.map_err(|_| unknown())?[..] {
            [major, minor] => Ok(Self::new(major, minor, 0)),
            [major, minor, patch] => Ok(Self::new(major, minor, patch)),
            _ => Err(unknown()),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.major, self.minor)?;
        match self.patch {
            0 => Ok(()),
            patch => write!(formatter, ".{patch}"),
        }
    }
}
