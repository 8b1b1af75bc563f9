//! A password as somebody typed it.

use serde::{Deserialize, Serialize};

use crate::failure::Problem;

/// A password on its way from a form to its hash. Never shown, not even by `{:?}`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Password(String);

impl Password {
    pub const SHORTEST: usize = 10;
    pub const LONGEST: usize = 200;

    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself: for hashing and for nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether somebody with this e-mail address may choose it. Length is what makes a password hard to guess, so there
    /// are no rules about kinds of characters.
    pub fn check(&self, email: &str) -> Result<(), Problem> {
        match self.0.chars().count() {
            0 => Err(Problem::Required),
            length if length < Self::SHORTEST => Err(Problem::TooShort { least: Self::SHORTEST }),
            length if length > Self::LONGEST => Err(Problem::TooLong { most: Self::LONGEST }),
            _ if self.0.trim().to_lowercase() == email.trim().to_lowercase() => Err(Problem::SameAsEmail),
            _ => Ok(()),
        }
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_ten_to_two_hundred_characters_and_not_the_address() {
        let check = |text: &str| Password::new(text).check("ana.maria@example.com");
        assert_eq!(check(""), Err(Problem::Required));
        assert_eq!(check("nueve ñññ"), Err(Problem::TooShort { least: 10 }));
        assert_eq!(check("diez ñññññ"), Ok(()));
        assert_eq!(check(&"x".repeat(200)), Ok(()));
        assert_eq!(check(&"x".repeat(201)), Err(Problem::TooLong { most: 200 }));
        assert_eq!(check(" Ana.Maria@Example.com"), Err(Problem::SameAsEmail));
    }

    #[test]
    fn a_password_does_not_show_in_a_log() {
        assert!(!format!("{:?}", Password::new("correct horse")).contains("horse"));
    }
}
