//! Which commands and arguments a RouterOS version has, as its own console listed them (see `data/routeros`).

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use super::version::{UnknownVersion, Version};

/// The versions whose commands were dumped, oldest first.
const LISTED: [(Version, &str); 2] = [
    (Version::new(7, 9, 0), include_str!("../../data/routeros/7.9.txt")),
    (Version::new(7, 20, 8), include_str!("../../data/routeros/7.20.8.txt")),
];

type Arguments = BTreeSet<&'static str>;

/// The commands of one version.
#[derive(Clone, Debug)]
pub struct Schema {
    version: Version,
    listed: Version,
    menus: BTreeMap<&'static str, BTreeMap<&'static str, Arguments>>,
}

/// What a schema does not have.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum NotInSchema {
    #[error("no such command: {0}")]
    Command(String),
    #[error("{path} has no argument {argument}")]
    Argument { path: String, argument: String },
}

impl Schema {
    /// The schema of a version such as `7.20.8`. Of a version that was not dumped it is the nearest one below
    /// (7.15 is answered by 7.9), or else the oldest; [`listed`](Self::listed) says which.
    ///
    /// # Errors
    /// When the text is not a version.
    pub fn of(version: &str) -> Result<Self, UnknownVersion> {
        let version: Version = version.parse()?;
        let [oldest, ..] = LISTED;
        let below = LISTED.into_iter().rev().find(|(listed, _)| *listed <= version);
        let (listed, text) = below.unwrap_or(oldest);
        let menus = parse(text);
        Ok(Self { version, listed, menus })
    }

    /// The version that was asked for.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// The version whose commands these are.
    #[must_use]
    pub fn listed(&self) -> Version {
        self.listed
    }

    /// Whether the version has the command (`/ppp/secret/add`) and all the arguments, by the names that the API uses.
    #[must_use]
    pub fn allows(&self, path: &str, arguments: &[&str]) -> bool {
        self.check(path, arguments.iter().copied()).is_ok()
    }

    /// As [`allows`](Self::allows), and says what is missing.
    ///
    /// # Errors
    /// The first thing that the version does not have.
    pub fn check<'a>(&self, path: &str, arguments: impl IntoIterator<Item = &'a str>) -> Result<(), NotInSchema> {
        let unknown = || NotInSchema::Command(path.to_owned());
        let (menu, verb) = split(path).ok_or_else(unknown)?;
        let known = self.arguments(menu, verb).ok_or_else(unknown)?;
        match arguments.into_iter().find(|name| !has(known, name)) {
            None => Ok(()),
            Some(argument) => Err(NotInSchema::Argument { path: path.to_owned(), argument: argument.to_owned() }),
        }
    }

    /// The API has two verbs for `print` that the console does not: `getall`, and `listen` for `print follow`.
    fn arguments(&self, menu: &str, verb: &str) -> Option<&Arguments> {
        let verbs = self.menus.get(menu)?;
        match verb {
            "getall" => verbs.get("print"),
            "listen" => verbs.get("print").filter(|arguments| arguments.contains("follow")),
            verb => verbs.get(verb),
        }
    }

    /// Every command, as `/ppp/secret/add`.
    pub fn commands(&self) -> impl Iterator<Item = String> {
        self.menus.iter().flat_map(|(menu, verbs)| verbs.keys().map(move |verb| format!("{menu}/{verb}")))
    }

    /// Whether the menu is one row without an `.id`, such as `/system/identity`. The console prints such a menu
    /// without `where`.
    pub(crate) fn is_singleton(&self, menu: &str) -> bool {
        let print = self.arguments(menu, "print");
        print.is_some_and(|arguments| !arguments.contains("where"))
    }
}

/// A menu and the verb in it.
pub(crate) fn split(path: &str) -> Option<(&str, &str)> {
    path.rsplit_once('/')
}

fn has(known: &Arguments, name: &str) -> bool {
    match name {
        ".id" => known.contains("numbers") || known.contains("number"),
        // Only prints can be written to a file and only they have columns to choose from.
        ".proplist" => known.contains("proplist") || known.contains("file"),
        name => known.contains(name),
    }
}

fn parse(text: &'static str) -> BTreeMap<&'static str, BTreeMap<&'static str, Arguments>> {
    let mut menus: BTreeMap<_, BTreeMap<_, Arguments>> = BTreeMap::new();
    let mut menu = "";
    for line in text.lines() {
        let mut words = line.split_whitespace();
        match words.next() {
            Some(name) if name.starts_with('/') => menu = name.trim_end_matches('/'),
            Some(verb) => {
                menus.entry(menu).or_default().insert(verb, words.collect());
            }
            None => {}
        }
    }
    menus
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(version: &str) -> Schema {
        Schema::of(version).unwrap()
    }

    #[test]
    fn a_command_has_the_arguments_of_its_version() {
        let schema = schema("7.20.8");
        assert!(schema.allows("/ppp/secret/add", &["name", "password", "profile", "comment"]));
        assert!(!schema.allows("/ppp/secret/add", &["name", "rate-limit"]));
        assert!(!schema.allows("/ppp/secret/make-coffee", &[]));
        assert!(schema.allows("/system/identity/set", &["name"]));
        assert!(!schema.allows("/system/identity/set", &[".id", "name"]));
    }

    #[test]
    fn what_a_later_version_brought_an_earlier_one_refuses() {
        let arguments = ["address", "secret", "service", "require-message-auth"];
        assert!(schema("7.20.8").allows("/radius/add", &arguments));
        assert!(!schema("7.9").allows("/radius/add", &arguments));
        assert!(schema("7.20.8").allows("/safe-mode/take", &[]));
        assert!(!schema("7.9").allows("/safe-mode/take", &[]));
    }

    #[test]
    fn an_unlisted_version_is_answered_by_the_nearest_below() {
        assert_eq!(schema("7.15").listed(), Version::new(7, 9, 0));
        assert_eq!(schema("7.22").listed(), Version::new(7, 20, 8));
        assert_eq!(schema("6.42").listed(), Version::new(7, 9, 0));
        assert!(Schema::of("latest").is_err());
    }

    #[test]
    fn what_only_the_api_has_is_known_too() {
        let schema = schema("7.20.8");
        assert!(schema.allows("/ppp/active/print", &[".proplist"]));
        assert!(schema.allows("/ppp/active/listen", &[".proplist"]));
        assert!(schema.allows("/ppp/active/remove", &[".id"]));
        assert!(!schema.allows("/system/identity/listen", &[]));
        assert!(!schema.allows("/ppp/secret/add", &[".proplist"]));
    }

    #[test]
    fn menus_of_one_row_are_told_from_tables() {
        let schema = schema("7.20.8");
        assert!(schema.is_singleton("/system/identity"));
        assert!(schema.is_singleton("/ppp/aaa"));
        assert!(!schema.is_singleton("/ppp/secret"));
    }
}
