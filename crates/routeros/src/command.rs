//! What is asked of a router.

use std::fmt;

use crate::wire::Word;

pub(crate) const MASK: &str = "***";

/// Whether an attribute's value must not be shown.
#[must_use]
pub fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["password", "secret", "response", "passphrase", "token", "-key", "lease-script"]
        .iter()
        .any(|part| name.contains(part))
}

/// A path, its arguments, and for prints a query. Printing it (`{}` or `{:?}`) masks secrets.
#[derive(Clone, PartialEq, Eq)]
pub struct Command {
    path: String,
    arguments: Vec<(String, Vec<u8>)>,
    query: Option<Query>,
}

impl Command {
    /// `path` as the API writes it: `/ppp/secret/add`.
    #[must_use]
    pub fn new(path: impl Into<String>) -> Self {
        Self { path: path.into(), arguments: Vec::new(), query: None }
    }

    /// Adds an argument. Nothing needs quoting: the value may hold any bytes.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Vec<u8>>) -> Self {
        self.arguments.push((name.into(), value.into()));
        self
    }

    /// Which attributes a print shall return. A print without it makes the router compute all of them.
    #[must_use]
    pub fn proplist(self, names: &[&str]) -> Self {
        self.with(".proplist", names.join(","))
    }

    /// Which rows a print shall return.
    #[must_use]
    pub fn matching(mut self, query: Query) -> Self {
        self.query = Some(query);
        self
    }

    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    pub fn arguments(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.arguments.iter().map(|(name, value)| (name.as_str(), value.as_slice()))
    }

    #[must_use]
    pub fn argument(&self, name: &str) -> Option<&[u8]> {
        self.arguments().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// The words of the query, `?name=ana` and so on.
    #[must_use]
    pub fn query_words(&self) -> &[Word] {
        self.query.as_ref().map_or(&[], |query| &query.words)
    }

    /// The sentence that is sent, without a tag.
    pub fn words(&self) -> impl Iterator<Item = Word> {
        let path = std::iter::once(self.path.clone().into_bytes());
        let arguments = self.arguments().map(|(name, value)| attribute(name, value));
        path.chain(arguments).chain(self.query_words().iter().cloned())
    }

    /// The command that a received sentence asks for: what [`words`](Self::words) wrote. Words that are neither an
    /// argument nor a query, such as `.tag=`, are left out. `None` when there is no path.
    #[must_use]
    pub fn from_words(words: &[Word]) -> Option<Self> {
        let (path, rest) = words.split_first()?;
        let query = rest.iter().filter(|word| word.starts_with(b"?"));
        let query: Vec<Word> = query.cloned().collect();
        Some(Self {
            path: String::from_utf8_lossy(path).into_owned(),
            arguments: rest.iter().filter_map(|word| split_attribute(word)).collect(),
            query: (!query.is_empty()).then_some(Query { words: query }),
        })
    }
}

impl fmt::Display for Command {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.path)?;
        for (name, value) in self.arguments() {
            match is_secret(name) {
                true => write!(formatter, " {name}={MASK}")?,
                false => write!(formatter, " {name}={}", String::from_utf8_lossy(value))?,
            }
        }
        for word in self.query_words() {
            let word = String::from_utf8_lossy(word);
            match is_secret(&word) {
                true => write!(formatter, " ?{MASK}")?,
                false => write!(formatter, " {word}")?,
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Command {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Command({self})")
    }
}

/// `=name=value`
pub(crate) fn attribute(name: &str, value: &[u8]) -> Word {
    [b"=", name.as_bytes(), b"=", value].concat()
}

/// What [`attribute`] wrote. A name without a value (`=detail`) has the empty value; other words are `None`.
pub(crate) fn split_attribute(word: &[u8]) -> Option<(String, Vec<u8>)> {
    let rest = word.strip_prefix(b"=")?;
    let mut parts = rest.splitn(2, |byte| *byte == b'=');
    let name = String::from_utf8_lossy(parts.next()?).into_owned();
    Some((name, parts.next().unwrap_or_default().to_vec()))
}

/// Which rows a print returns. RouterOS reads a query as a stack machine; this builds it from the inside out.
#[derive(Clone, PartialEq, Eq)]
pub struct Query {
    words: Vec<Word>,
}

impl Query {
    #[must_use]
    pub fn equals(name: &str, value: impl AsRef<[u8]>) -> Self {
        Self::word("?", name, Some(value.as_ref()))
    }

    #[must_use]
    pub fn has(name: &str) -> Self {
        Self::word("?", name, None)
    }

    #[must_use]
    pub fn lacks(name: &str) -> Self {
        Self::word("?-", name, None)
    }

    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.joined(other, "?#&")
    }

    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.joined(other, "?#|")
    }

    #[must_use]
    pub fn negated(mut self) -> Self {
        self.words.push(b"?#!".to_vec());
        self
    }

    fn joined(mut self, other: Self, operation: &str) -> Self {
        self.words.extend(other.words);
        self.words.push(operation.into());
        self
    }

    fn word(kind: &str, name: &str, value: Option<&[u8]>) -> Self {
        let mut word = [kind.as_bytes(), name.as_bytes()].concat();
        if let Some(value) = value {
            word.push(b'=');
            word.extend_from_slice(value);
        }
        Self { words: vec![word] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn neither_debug_nor_display_shows_a_secret() {
        let command = Command::new("/ppp/secret/add")
            .with("name", "ana")
            .with("password", "hunter2")
            .with("radius-secret", "hunter2")
            .with("response", "hunter2")
            .matching(Query::equals("password", "hunter2"));
        for printed in [format!("{command}"), format!("{command:?}")] {
            assert!(printed.contains("name=ana password=***"), "{printed}");
            assert!(!printed.contains("hunter2"), "{printed}");
        }
    }

    #[test]
    fn a_query_is_written_for_a_stack_machine() {
        let command = Command::new("/ppp/active/print")
            .proplist(&[".id", "name"])
            .matching(Query::equals("name", "ana").or(Query::has("radius").negated()));
        let words: Vec<_> = command.words().map(|word| String::from_utf8(word).unwrap()).collect();
        let expected = ["/ppp/active/print", "=.proplist=.id,name", "?name=ana", "?radius", "?#!", "?#|"];
        assert_eq!(words, expected);
    }

    #[test]
    fn an_equals_sign_belongs_to_the_value() {
        assert_eq!(split_attribute(b"=comment=a=b"), Some(("comment".into(), b"a=b".to_vec())));
        assert_eq!(split_attribute(b"=detail"), Some(("detail".into(), Vec::new())));
        assert_eq!(split_attribute(b".tag=1"), None);
    }

    proptest! {
        #[test]
        fn a_command_is_read_back_as_it_was_written(
            path in "/[a-z/]{1,20}",
            arguments in prop::collection::vec(("[.a-z-]{1,10}", prop::collection::vec(any::<u8>(), 0..40)), 0..6),
            name in "[a-z]{1,8}",
        ) {
            let mut command = Command::new(path).matching(Query::has(&name));
            for (name, value) in arguments {
                command = command.with(name, value);
            }
            let words: Vec<Word> = command.words().collect();
            prop_assert_eq!(Command::from_words(&words), Some(command));
        }
    }
}
