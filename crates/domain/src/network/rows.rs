//! Rows of a router's menus: as they are wanted, and as they were read.

use std::collections::BTreeMap;
use std::fmt;

use sha2::{Digest, Sha256};

use super::menu::{Dialect, Menu};
use super::tag::{Owner, Tag};

/// Names and values of a row. Printing it masks the password.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Attributes(BTreeMap<String, String>);

impl Attributes {
    /// Empty when it is not there: routers do not print what is not set.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.insert(name.to_owned(), value.into());
    }

    pub fn remove(&mut self, name: &str) {
        self.0.remove(name);
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether the router calls it true.
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.get(name), "true" | "yes")
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Attributes {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(attributes: I) -> Self {
        Self(attributes.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

impl fmt::Debug for Attributes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.iter().map(|(name, value)| (name, if name == "password" { "***" } else { value }));
        formatter.debug_map().entries(shown).finish()
    }
}

/// A row that a router should hold. An attribute that is empty should not be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedRow {
    pub menu: Menu,
    pub owner: Owner,
    pub attributes: Attributes,
    /// Stands for the password in the tag.
    pub secret_version: Option<String>,
}

impl WantedRow {
    pub fn key(&self) -> &str {
        self.attributes.get(self.menu.key())
    }

    /// The tag of this content. The password enters by its version: a comment is read by many.
    pub fn tag(&self) -> Tag {
        let mut hash = Sha256::new();
        for (name, value) in self.attributes.iter() {
            let value = if name == "password" { self.secret_version.as_deref().unwrap_or_default() } else { value };
            hash.update(name);
            hash.update([0]);
            hash.update(value);
            hash.update([0]);
        }
        // Six bytes of it: a comment is read by people too.
        let hash = format!("{:012x}", leading(hash) >> 16);
        Tag { menu: self.menu, owner: self.owner.clone(), hash, drop_session: false }
    }

    /// The attributes that `row` holds otherwise. A password that the router does not show differs when the tag does.
    pub(super) fn differing(&self, row: &Row, dialect: Dialect) -> Attributes {
        let tag_differs = || row.tag().is_none_or(|tag| tag.hash != self.tag().hash);
        self.attributes
            .iter()
            .filter(|(name, _)| dialect.has(self.menu, name))
            .filter(|(name, value)| match *name {
                "password" if !row.attributes.has(name) => tag_differs(),
                _ => !same(name, value, row.attributes.get(name)),
            })
            .collect()
    }
}

/// The first eight bytes of a hash as a number.
pub(super) fn leading(hash: Sha256) -> u64 {
    hash.finalize().iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// A row as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub menu: Menu,
    /// The router's `.id`.
    pub id: String,
    pub attributes: Attributes,
}

impl Row {
    pub fn key(&self) -> &str {
        self.attributes.get(self.menu.key())
    }

    pub fn tag(&self) -> Option<Tag> {
        Tag::parse(self.menu, self.attributes.get("comment"))
    }

    /// Made by the router itself for as long as a session or a binding lasts.
    pub fn is_dynamic(&self) -> bool {
        self.attributes.flag("dynamic")
    }
}

/// Whether the router means the same by both: it writes `yes` as `true`, some menus write `10M` as `10000000`, a
/// single address as a network of one, and a rate with its second.
fn same(name: &str, wanted: &str, read: &str) -> bool {
    match name {
        "disabled" | "block-access" => truth(wanted) == truth(read),
        "rate-limit" | "max-limit" | "burst-limit" | "burst-threshold" | "burst-time" => rates(wanted) == rates(read),
        "caller-id" | "mac-address" => wanted.eq_ignore_ascii_case(read),
        "target" => wanted.trim_end_matches("/32") == read.trim_end_matches("/32"),
        "limit" => wanted.replace("/1s", "") == read.replace("/1s", ""),
        _ => wanted == read,
    }
}

fn truth(text: &str) -> bool {
    matches!(text, "true" | "yes")
}

/// Each number of `10M/50M 12M/60M 8s/8s` in bit/s or seconds; what is not a number stays as it is.
pub(crate) fn rates(rates: &str) -> Vec<Result<u64, &str>> {
    rates.split(['/', ' ']).map(|rate| number(rate).ok_or(rate)).collect()
}

fn number(rate: &str) -> Option<u64> {
    let digits = rate.trim_end_matches(|last: char| last.is_ascii_alphabetic());
    let factor = match rate.get(digits.len()..)? {
        "" | "s" => 1,
        "k" | "K" => 1_000,
        "M" => 1_000_000,
        "G" => 1_000_000_000,
        _ => return None,
    };
    digits.parse::<u64>().ok()?.checked_mul(factor)
}
