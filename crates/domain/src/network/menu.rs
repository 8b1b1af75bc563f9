//! The menus of a router that Ramal writes to or reads, and what differs between versions: tables, not conditions.

use serde::{Deserialize, Serialize};

use crate::words::words;

words! {
    /// A menu of RouterOS.
    pub enum Menu {
        Profile = "profile",
        Secret = "secret",
        Session = "session",
        Lease = "lease",
        AddressList = "address_list",
    }
}

impl Menu {
    /// Its path in the API.
    pub fn path(self) -> &'static str {
        match self {
            Self::Profile => "/ppp/profile",
            Self::Secret => "/ppp/secret",
            Self::Session => "/ppp/active",
            Self::Lease => "/ip/dhcp-server/lease",
            Self::AddressList => "/ip/firewall/address-list",
        }
    }

    /// The attribute that a row is known by.
    pub fn key(self) -> &'static str {
        match self {
            Self::Profile | Self::Secret | Self::Session => "name",
            Self::Lease => "mac-address",
            Self::AddressList => "address",
        }
    }

    /// What is read of each row. Nothing else is looked at.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Profile => {
                &[".id", "name", "local-address", "remote-address", "rate-limit", "address-list", "comment"]
            }
            Self::Secret => {
                &[".id", "name", "password", "service", "profile", "caller-id", "remote-address", "disabled", "comment"]
            }
            Self::Session => &[".id", "name", "address", "caller-id", "uptime"],
            Self::Lease => &[
                ".id",
                "mac-address",
                "address",
                "active-address",
                "server",
                "rate-limit",
                "address-lists",
                "block-access",
                "dynamic",
                "disabled",
                "comment",
            ],
            Self::AddressList => &[".id", "list", "address", "dynamic", "disabled", "comment"],
        }
    }

    /// The kind in a tag. A session is nobody's to tag.
    pub(super) fn tag_kind(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Secret => "secret",
            Self::Session => "session",
            Self::Lease => "lease",
            Self::AddressList => "list",
        }
    }
}

/// What a version of RouterOS lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    lacks: &'static [(Menu, &'static str)],
}

/// By how the version begins; what is newer than the table speaks as its last entry.
const DIALECTS: [(&str, Dialect); 1] = [("6.", Dialect { lacks: &[(Menu::Profile, "comment")] })];

impl Dialect {
    pub const NEWEST: Self = Self { lacks: &[] };

    /// That of a version such as `7.20.8 (stable)`.
    pub fn of(version: &str) -> Self {
        let known = DIALECTS.iter().find(|(beginning, _)| version.starts_with(beginning));
        known.map_or(Self::NEWEST, |(_, dialect)| *dialect)
    }

    pub fn has(&self, menu: Menu, attribute: &str) -> bool {
        !self.lacks.contains(&(menu, attribute))
    }

    /// The columns of a menu that this version has.
    pub fn columns(&self, menu: Menu) -> Vec<&'static str> {
        menu.columns().iter().copied().filter(|column| self.has(menu, column)).collect()
    }
}
