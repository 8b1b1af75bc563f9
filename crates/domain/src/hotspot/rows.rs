//! Rows of the hotspot's menus, whose they are, and when two say the same.

use std::fmt;

use sha2::{Digest, Sha256};

use super::menu::HotspotMenu;
use super::reading::seconds;
use crate::ids::{HotspotBindingId, HotspotProfileId, HotspotUserId, VoucherId, WalledGardenId};
use crate::network::{Attributes, rates};

/// Names of our user profiles begin so: they have no comment to carry a tag.
pub(super) const PROFILE_PREFIX: &str = "ramal-hs-";

/// Whom a row is for. A walled garden's row without a record is the portal's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    Voucher(VoucherId),
    User(HotspotUserId),
    Garden(Option<WalledGardenId>),
    Binding(HotspotBindingId),
    Profile(HotspotProfileId),
}

/// A row as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub menu: HotspotMenu,
    pub id: String,
    pub attributes: Attributes,
}

/// A row as it should be. An attribute that is empty should not be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub menu: HotspotMenu,
    pub owner: Owner,
    pub attributes: Attributes,
    /// Stands for the password in the tag.
    pub secret_version: Option<String>,
}

/// `ramal:hotspot-voucher:7:3f9a...`: whose a row is, and a hash of what was wanted of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub owner: Owner,
    pub hash: String,
}

impl Wanted {
    pub fn tag(&self) -> Tag {
        let mut hash = Sha256::new();
        for (name, value) in self.attributes.iter() {
            let value = if name == "password" { self.secret_version.as_deref().unwrap_or_default() } else { value };
            for part in [name, value] {
                hash.update(part);
                hash.update([0]);
            }
        }
        let hash = hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        Tag { owner: self.owner, hash }
    }

    /// What the row holds otherwise. A password that the router does not show differs when the tag does.
    pub fn differing(&self, row: &Row) -> Attributes {
        let tag_differs = row.tag().is_none_or(|tag| tag.hash != self.tag().hash);
        self.attributes.filtered(|name, value| match name {
            "password" if !row.attributes.has(name) => tag_differs && self.secret_version.is_some(),
            name => !same(name, value, row.attributes.get(name)),
        })
    }
}

impl Row {
    pub(super) fn tag(&self) -> Option<Tag> {
        if self.menu == HotspotMenu::UserProfile {
            let id = self.attributes.get("name").strip_prefix(PROFILE_PREFIX)?.parse().ok()?;
            return Some(Tag { owner: Owner::Profile(id), hash: String::new() });
        }
        let mut parts = self.attributes.get("comment").strip_prefix("ramal:hotspot-")?.split(':');
        let (kind, id, hash) = (parts.next()?, parts.next()?, parts.next()?.to_owned());
        let owner = match kind {
            "voucher" => Owner::Voucher(id.parse().ok()?),
            "user" => Owner::User(id.parse().ok()?),
            "garden" if id == "portal" => Owner::Garden(None),
            "garden" => Owner::Garden(Some(id.parse().ok()?)),
            "binding" => Owner::Binding(id.parse().ok()?),
            _ => return None,
        };
        Some(Tag { owner, hash })
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hash = &self.hash;
        match self.owner {
            Owner::Voucher(id) => write!(formatter, "ramal:hotspot-voucher:{id}:{hash}"),
            Owner::User(id) => write!(formatter, "ramal:hotspot-user:{id}:{hash}"),
            Owner::Garden(None) => write!(formatter, "ramal:hotspot-garden:portal:{hash}"),
            Owner::Garden(Some(id)) => write!(formatter, "ramal:hotspot-garden:{id}:{hash}"),
            Owner::Binding(id) => write!(formatter, "ramal:hotspot-binding:{id}:{hash}"),
            Owner::Profile(id) => write!(formatter, "ramal:hotspot-profile:{id}:{hash}"),
        }
    }
}

/// Whether the router means the same by both: `yes` is `true`, `1h` is `60m`, no address is that of zeros.
fn same(name: &str, wanted: &str, read: &str) -> bool {
    let truth = |text: &str| matches!(text, "true" | "yes");
    let mac = |text: &str| if text.is_empty() { NO_MAC.to_owned() } else { text.to_ascii_uppercase() };
    let count = |text: &str| text.parse::<u64>().unwrap_or_default();
    match name {
        "disabled" | "add-mac-cookie" => truth(wanted) == truth(read),
        "rate-limit" => rates(wanted) == rates(read),
        "mac-address" => mac(wanted) == mac(read),
        "limit-bytes-total" => count(wanted) == count(read),
        "limit-uptime" | "session-timeout" | "mac-cookie-timeout" => seconds(wanted) == seconds(read),
        "dst-address" => bare(wanted) == bare(read),
        _ => wanted == read,
    }
}

/// RouterOS' way to say: any device.
pub(super) const NO_MAC: &str = "00:00:00:00:00:00";

/// A single address is also written as a network of one.
fn bare(address: &str) -> &str {
    address.strip_suffix("/32").or_else(|| address.strip_suffix("/128")).unwrap_or(address)
}
