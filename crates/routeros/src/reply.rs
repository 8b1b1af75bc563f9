//! What a router answers.

use std::borrow::Cow;
use std::fmt;

use crate::command::{MASK, is_secret};

/// The attributes of one reply, in the order in which they came. Values are bytes: comments written by old tools are
/// not always UTF-8.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Row {
    attributes: Vec<(String, Vec<u8>)>,
}

impl Row {
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_slice())
    }

    /// The value as text; what is not UTF-8 becomes the replacement character.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<Cow<'_, str>> {
        self.get(name).map(String::from_utf8_lossy)
    }

    /// The row's `.id`, such as `*1F`.
    #[must_use]
    pub fn id(&self) -> Option<Cow<'_, str>> {
        self.text(".id")
    }

    /// Whether the router calls it true: it prints `true`, and older menus `yes`.
    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.get(name), Some(b"true" | b"yes"))
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.attributes.iter().map(|(name, value)| (name.as_str(), value.as_slice()))
    }

    /// The values as texts, without a copy of those that are UTF-8, as nearly all are.
    pub fn into_texts(self) -> impl Iterator<Item = (String, String)> {
        let text = |value: Vec<u8>| match String::from_utf8(value) {
            Ok(text) => text,
            Err(other) => String::from_utf8_lossy(other.as_bytes()).into_owned(),
        };
        self.attributes.into_iter().map(move |(name, value)| (name, text(value)))
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.attributes.is_empty()
    }

    /// About what it takes in memory, in bytes.
    pub(crate) fn size(&self) -> usize {
        let entry = size_of::<(String, Vec<u8>)>();
        let sizes = self.attributes.iter();
        sizes.map(|(name, value)| name.len() + value.len() + entry).sum()
    }
}

impl<N: Into<String>, V: Into<Vec<u8>>> FromIterator<(N, V)> for Row {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(attributes: I) -> Self {
        let attributes = attributes.into_iter();
        Self { attributes: attributes.map(|(name, value)| (name.into(), value.into())).collect() }
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.iter().map(|(name, value)| match is_secret(name) {
            true => (name, Cow::Borrowed(MASK)),
            false => (name, String::from_utf8_lossy(value)),
        });
        formatter.debug_map().entries(shown).finish()
    }
}

/// A whole answer: the rows of a print, and what came with `!done`, such as the `ret` of an add.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    pub rows: Vec<Row>,
    pub done: Row,
}

impl Reply {
    /// `=ret=` of `!done`: the `.id` that an add made, or the number that `count-only` counted.
    #[must_use]
    pub fn ret(&self) -> Option<Cow<'_, str>> {
        self.done.text("ret")
    }
}

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trap {
    /// Many refusals come without one.
    pub category: Option<Category>,
    pub message: String,
}

impl fmt::Display for Trap {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    MissingItemOrCommand,
    Argument,
    Interrupted,
    Script,
    General,
    Api,
    Terminal,
    Return,
    Other(u32),
}

impl Category {
    /// As it is sent in `=category=`.
    #[must_use]
    pub fn number(self) -> u32 {
        match self {
            Self::MissingItemOrCommand => 0,
            Self::Argument => 1,
            Self::Interrupted => 2,
            Self::Script => 3,
            Self::General => 4,
            Self::Api => 5,
            Self::Terminal => 6,
            Self::Return => 7,
            Self::Other(number) => number,
        }
    }
}

impl From<u32> for Category {
    fn from(number: u32) -> Self {
        match number {
            0 => Self::MissingItemOrCommand,
            1 => Self::Argument,
            2 => Self::Interrupted,
            3 => Self::Script,
            4 => Self::General,
            5 => Self::Api,
            6 => Self::Terminal,
            7 => Self::Return,
            other => Self::Other(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_row_does_not_show_passwords() {
        let row = Row::from_iter([("name", "ana"), ("password", "hunter2")]);
        let printed = format!("{row:?}");
        assert!(printed.contains("ana"));
        assert!(!printed.contains("hunter2"));
    }

    #[test]
    fn a_category_is_its_number() {
        for number in 0..10 {
            assert_eq!(Category::from(number).number(), number);
        }
    }

    #[test]
    fn a_value_that_is_not_text_is_kept_as_bytes() {
        let row = Row::from_iter([("comment", b"Ram\xF3n".to_vec())]);
        assert_eq!(row.get("comment"), Some(&b"Ram\xF3n"[..]));
        assert_eq!(row.text("comment").unwrap(), "Ram\u{FFFD}n");
        assert_eq!(row.into_texts().collect::<Vec<_>>(), [("comment".into(), "Ram\u{FFFD}n".into())]);
    }
}
