//! Rows of a router's menus: as they are wanted, and as they were read.

use std::borrow::Cow;
use std::fmt;

use sha2::{Digest, Sha256};

use super::menu::{Dialect, Menu};
use super::tag::{Owner, Tag};

/// Names and values of a row, by name. Printing it masks the password.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Attributes(
    /// Sorted. Few enough to look through: routers have tens of thousands of rows. Names that the program writes are borrowed.
    Vec<(Cow<'static, str>, String)>,
);

impl Attributes {
    /// Empty when it is not there: routers do not print what is not set.
    pub fn get(&self, name: &str) -> &str {
        self.position(name).and_then(|found| self.0.get(found)).map_or("", |(_, value)| value)
    }

    pub fn has(&self, name: &str) -> bool {
        self.position(name).is_some()
    }

    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) {
        let (name, value) = (name.into(), value.into());
        match self.position(&name).and_then(|found| self.0.get_mut(found)) {
            Some((_, held)) => *held = value,
            None => {
                let place = self.0.partition_point(|(before, _)| *before < name);
                self.0.insert(place, (name, value));
            }
        }
    }

    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(held, _)| held != name);
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value.as_str()))
    }

    /// Those of which it holds.
    pub(crate) fn filtered(&self, holds: impl Fn(&str, &str) -> bool) -> Self {
        Self(self.0.iter().filter(|(name, value)| holds(name, value)).cloned().collect())
    }

    /// Whether the router calls it true.
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.get(name), "true" | "yes")
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|(held, _)| held == name)
    }
}

/// Of two values of a name, the later is held.
impl<N: Into<Cow<'static, str>>, V: Into<String>> FromIterator<(N, V)> for Attributes {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(attributes: I) -> Self {
        let mut attributes: Vec<_> = attributes.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        // So that of one name the last that was given comes first, and is kept.
        attributes.reverse();
        attributes.sort_by(|(one, _), (other, _)| one.cmp(other));
        attributes.dedup_by(|(dropped, _), (kept, _)| dropped == kept);
        Self(attributes)
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
        let differs = |name: &str, value: &str| match name {
            "password" if !row.attributes.has(name) => tag_differs(),
            _ => !same(name, value, row.attributes.get(name)),
        };
        self.attributes.filtered(|name, value| dialect.has(self.menu, name) && differs(name, value))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_the_same_in_whatever_order_they_came_and_of_two_values_the_later_counts() {
        let read = Attributes::from_iter([("name", "eva"), ("comment", "x"), ("name", "ana")]);
        let mut made = Attributes::default();
        made.set("name", "ana");
        made.set("disabled", "yes");
        made.set("comment", "x");
        made.remove("disabled");
        assert_eq!(read, made);
        assert_eq!(read.iter().collect::<Vec<_>>(), [("comment", "x"), ("name", "ana")]);
        assert!(read.get("disabled").is_empty() && !read.has("disabled"));
    }
}
