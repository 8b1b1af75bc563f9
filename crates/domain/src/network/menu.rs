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
        Queue = "queue",
        AddressList = "address_list",
        /// Connections under way. Read when some of them must end, and never as a whole otherwise.
        Connection = "connection",
        /// Addresses that the router hands out by itself.
        Pool = "pool",
        Filter = "filter",
        Nat = "nat",
    }
}

impl Menu {
    /// Where the rows of a service can be.
    pub const OF_SERVICES: [Self; 6] =
        [Self::Profile, Self::Secret, Self::Session, Self::Lease, Self::Queue, Self::AddressList];
    /// Where the rows are that a router needs once.
    pub const OF_BASE: [Self; 4] = [Self::AddressList, Self::Pool, Self::Filter, Self::Nat];

    /// Its path in the API.
    pub fn path(self) -> &'static str {
        match self {
            Self::Profile => "/ppp/profile",
            Self::Secret => "/ppp/secret",
            Self::Session => "/ppp/active",
            Self::Lease => "/ip/dhcp-server/lease",
            Self::Queue => "/queue/simple",
            Self::AddressList => "/ip/firewall/address-list",
            Self::Connection => "/ip/firewall/connection",
            Self::Pool => "/ip/pool",
            Self::Filter => "/ip/firewall/filter",
            Self::Nat => "/ip/firewall/nat",
        }
    }

    /// The attribute that a row is known by. Rules of a firewall have no name but their comment.
    pub fn key(self) -> &'static str {
        match self {
            Self::Profile | Self::Secret | Self::Session | Self::Queue | Self::Pool => "name",
            Self::Lease => "mac-address",
            Self::AddressList => "address",
            Self::Connection => "src-address",
            Self::Filter | Self::Nat => "comment",
        }
    }

    /// Whether the first rule that matches decides, so that the place of a row is part of what it says.
    pub fn is_ordered(self) -> bool {
        matches!(self, Self::Filter | Self::Nat)
    }

    /// What is read of each row. Nothing else is looked at.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Profile => columns::PROFILE,
            Self::Secret => columns::SECRET,
            Self::Session => &[".id", "name", "address", "caller-id", "uptime"],
            Self::Lease => columns::LEASE,
            Self::Queue => columns::QUEUE,
            Self::AddressList => &[".id", "list", "address", "dynamic", "disabled", "comment"],
            Self::Connection => &[".id", "src-address", "reply-src-address"],
            Self::Pool => &[".id", "name", "ranges", "comment"],
            Self::Filter => columns::FILTER,
            Self::Nat => columns::NAT,
        }
    }

    /// Whether a row of somebody else there can be a customer's, and become ours.
    pub fn is_adoptable(self) -> bool {
        match self {
            Self::Secret | Self::Lease | Self::Queue | Self::AddressList => true,
            Self::Profile | Self::Session | Self::Connection | Self::Pool | Self::Filter | Self::Nat => false,
        }
    }

    /// The kind in a tag. A session is nobody's to tag.
    pub(super) fn tag_kind(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Secret => "secret",
            Self::Session => "session",
            Self::Lease => "lease",
            Self::Queue => "queue",
            Self::AddressList => "list",
            Self::Connection => "connection",
            Self::Pool => "pool",
            Self::Filter => "filter",
            Self::Nat => "nat",
        }
    }
}

/// The longer lists of columns.
mod columns {
    pub const PROFILE: &[&str] = &[
        ".id",
        "name",
        "local-address",
        "remote-address",
        "rate-limit",
        "address-list",
        "use-ipv6",
        "dhcpv6-pd-pool",
        "comment",
    ];
    pub const SECRET: &[&str] = &[
        ".id",
        "name",
        "password",
        "service",
        "profile",
        "caller-id",
        "remote-address",
        "remote-ipv6-prefix",
        "disabled",
        "comment",
    ];
    pub const LEASE: &[&str] = &[
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
    ];
    pub const QUEUE: &[&str] = &[
        ".id",
        "name",
        "target",
        "max-limit",
        "burst-limit",
        "burst-threshold",
        "burst-time",
        "dynamic",
        "disabled",
        "comment",
    ];
    pub const FILTER: &[&str] = &[
        ".id",
        "chain",
        "action",
        "jump-target",
        "reject-with",
        "connection-state",
        "src-address-list",
        "dst-address-list",
        "protocol",
        "src-port",
        "dst-port",
        "limit",
        "dynamic",
        "disabled",
        "comment",
    ];
    pub const NAT: &[&str] = &[
        ".id",
        "chain",
        "action",
        "to-addresses",
        "to-ports",
        "src-address-list",
        "dst-address-list",
        "protocol",
        "dst-port",
        "dynamic",
        "disabled",
        "comment",
    ];
}

/// What a version of RouterOS lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    lacks: &'static [(Menu, &'static str)],
    verified: bool,
}

/// By how the version begins; what is newer than the table speaks as its last entry. What version 6 lacks is told by
/// its manual and was not tried on a router: see [`Dialect::is_verified`].
const DIALECTS: [(&str, Dialect); 1] =
    [("6.", Dialect { lacks: &[(Menu::Profile, "comment"), (Menu::Pool, "comment")], verified: false })];

impl Dialect {
    pub const NEWEST: Self = Self { lacks: &[], verified: true };

    /// That of a version such as `7.20.8 (stable)`.
    pub fn of(version: &str) -> Self {
        let known = DIALECTS.iter().find(|(beginning, _)| version.starts_with(beginning));
        known.map_or(Self::NEWEST, |(_, dialect)| *dialect)
    }

    /// Whether every command that is sent was held against what routers of this version list of themselves.
    pub fn is_verified(&self) -> bool {
        self.verified
    }

    pub fn has(&self, menu: Menu, attribute: &str) -> bool {
        !self.lacks.contains(&(menu, attribute))
    }

    /// The columns of a menu that this version has.
    pub fn columns(&self, menu: Menu) -> Vec<&'static str> {
        menu.columns().iter().copied().filter(|column| self.has(menu, column)).collect()
    }
}
