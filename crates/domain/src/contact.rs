//! Ways to reach people and devices, each in one spelling.

use serde::{Deserialize, Serialize};

use crate::words::words;

words! {
    pub enum Language {
        Spanish = "es",
        English = "en",
    }
}

words! {
    pub enum CustomerKind {
        Person = "person",
        Company = "company",
    }
}

/// What is wrong with a contact as somebody typed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ContactError {
    #[error("a phone number starts with + and the country's code, then 7 to 15 digits in all")]
    Phone,
    #[error("an e-mail address looks like name@example.com")]
    Email,
    #[error("a MAC address has six pairs of hexadecimal digits")]
    Mac,
}

macro_rules! text_newtype {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = ContactError;
            fn try_from(text: String) -> Result<Self, ContactError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    };
}

text_newtype! {
    /// A phone number in E.164: `+525512345678`. Spaces, dots, dashes and brackets are dropped when parsing.
    Phone
}
text_newtype! {
    /// An e-mail address in lower case.
    Email
}
text_newtype! {
    /// A MAC address as `AA:BB:CC:DD:EE:FF`, whatever separators it was typed with.
    Mac
}

impl std::str::FromStr for Phone {
    type Err = ContactError;
    fn from_str(text: &str) -> Result<Self, ContactError> {
        let compact: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '(' | ')' | '\u{a0}')).collect();
        let digits = compact.strip_prefix('+').ok_or(ContactError::Phone)?;
        let well_formed = (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        if well_formed { Ok(Self(compact)) } else { Err(ContactError::Phone) }
    }
}

impl std::str::FromStr for Email {
    type Err = ContactError;
    fn from_str(text: &str) -> Result<Self, ContactError> {
        let address = text.trim().to_lowercase();
        let (name, host) = address.split_once('@').ok_or(ContactError::Email)?;
        let plain = !address.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';'));
        let host_has_parts = host.split('.').count() > 1 && host.split('.').all(|part| !part.is_empty());
        if plain && !name.is_empty() && !host.contains('@') && host_has_parts && address.len() <= 254 {
            Ok(Self(address))
        } else {
            Err(ContactError::Email)
        }
    }
}

impl std::str::FromStr for Mac {
    type Err = ContactError;
    fn from_str(text: &str) -> Result<Self, ContactError> {
        let digits: Vec<char> = text.trim().chars().filter(|c| !matches!(c, ':' | '-' | '.')).collect();
        if digits.len() != 12 || !digits.iter().all(char::is_ascii_hexdigit) {
            return Err(ContactError::Mac);
        }
        let pairs: Vec<String> = digits.chunks(2).map(|pair| pair.iter().collect::<String>().to_uppercase()).collect();
        Ok(Self(pairs.join(":")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_is_kept_in_one_spelling() {
        assert_eq!("+52 55 8629-8402".parse::<Phone>().unwrap().as_str(), "+525586298402");
        for wrong in ["5586298402", "+52", "+52 55 abc", "", "+1234567890123456"] {
            assert_eq!(wrong.parse::<Phone>(), Err(ContactError::Phone), "{wrong}");
        }
    }

    #[test]
    fn an_address_without_a_host_is_refused() {
        assert_eq!(" Ana@Example.com ".parse::<Email>().unwrap().as_str(), "ana@example.com");
        for wrong in ["ana", "ana@", "@example.com", "ana@example", "a b@example.com", "ana@example..com"] {
            assert_eq!(wrong.parse::<Email>(), Err(ContactError::Email), "{wrong}");
        }
    }

    #[test]
    fn a_mac_is_the_same_whatever_its_separators() {
        for spelled in ["81:61:e5:a4:0f:de", "81-61-E5-A4-0F-DE", "8161.e5a4.0fde", "8161E5A40FDE"] {
            assert_eq!(spelled.parse::<Mac>().unwrap().as_str(), "81:61:E5:A4:0F:DE");
        }
        assert_eq!("81:61:e5:a4:0f".parse::<Mac>(), Err(ContactError::Mac));
    }
}
