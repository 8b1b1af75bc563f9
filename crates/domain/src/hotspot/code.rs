//! The code on a voucher: nine random signs and one that tells a slip of the finger. Its signs look like no other sign:
//! neither 0 nor O, neither 1, I nor L, and so on.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Their number is a prime, so that the check finds every single wrong sign and every two that changed places.
const SIGNS: &[u8; 23] = b"234679ACDEFHJKMNPRTUWXY";
const RANDOM: usize = 9;

/// A code as it is stored, without gaps: `K7MW3RTX9P`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code(String);

/// Not the code of a voucher: mistyped, or never one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the code of a voucher")]
pub struct NotACode;

impl Code {
    /// From random numbers that somebody brings. 23^9 codes: with ten thousand alive, one guess in 180 million is right.
    pub fn of(random: [u32; RANDOM]) -> Self {
        let places = random.map(|number| number as usize % SIGNS.len());
        let mut code: String = places.iter().map(|place| sign(*place)).collect();
        code.push(sign(check(places.into_iter())));
        Self(code)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it is printed: in two groups.
    pub fn grouped(&self) -> String {
        let (first, second) = self.0.split_at(self.0.len() / 2);
        format!("{first} {second}")
    }
}

fn sign(place: usize) -> char {
    SIGNS.get(place).map_or('2', |sign| char::from(*sign))
}

/// Each sign counts by its place, and all of them with the check's own come to nothing.
fn check(places: impl Iterator<Item = usize>) -> usize {
    let sum: usize = places.enumerate().map(|(position, place)| (position + 2) * place).sum();
    (SIGNS.len() - sum % SIGNS.len()) % SIGNS.len()
}

impl FromStr for Code {
    type Err = NotACode;

    /// However it was typed: in small letters, with gaps or dashes.
    fn from_str(typed: &str) -> Result<Self, NotACode> {
        let plain: String = typed.chars().filter(|sign| !matches!(sign, ' ' | '-' | '\u{a0}')).collect();
        let code = plain.to_ascii_uppercase();
        let places: Option<Vec<usize>> = code.bytes().map(|byte| SIGNS.iter().position(|sign| *sign == byte)).collect();
        match places.as_deref().and_then(|places| places.split_last()) {
            Some((last, random)) if random.len() == RANDOM && check(random.iter().copied()) == *last => Ok(Self(code)),
            _ => Err(NotACode),
        }
    }
}

impl TryFrom<String> for Code {
    type Error = NotACode;

    fn try_from(text: String) -> Result<Self, NotACode> {
        text.parse()
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
