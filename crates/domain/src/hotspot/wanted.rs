//! What a router's hotspot should hold, as the records say, and the rows that say so.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::menu::HotspotMenu;
use super::rows::{NO_MAC, Owner, PROFILE_PREFIX, Wanted};
use crate::contact::Mac;
use crate::ids::{HotspotBindingId, HotspotProfileId, WalledGardenId};
use crate::network::Attributes;
use crate::plan::Speed;
use crate::words::words;

/// One hotspot, recomputed from the database at every look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HotspotWanted {
    /// Whose users they are; `all`: of every server on the router.
    pub server: String,
    pub profiles: Vec<ProfileWanted>,
    pub accounts: Vec<AccountWanted>,
    /// Names whose time is over: no session of theirs may live, even where their row is gone.
    pub over: BTreeSet<String>,
    /// Sessions, by user and device, that somebody of the staff ends.
    pub ending: BTreeSet<(String, Option<Mac>)>,
    pub garden: Vec<GardenWanted>,
    pub bindings: Vec<BindingWanted>,
    /// When the login page is to be fetched anew.
    pub page: Option<PageWanted>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileWanted {
    pub profile: HotspotProfileId,
    pub speed: Speed,
    pub shared_users: u32,
    pub session_minutes: Option<u32>,
}

/// Who is let in. Printing it does not show the password.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountWanted {
    pub owner: Owner,
    pub name: String,
    /// A voucher has none: its code is the secret.
    pub password: String,
    /// Changes whenever the stored password is written.
    pub secret_version: Option<String>,
    pub profile: HotspotProfileId,
    /// What is left of it by the router's own count.
    pub limit_seconds: Option<u64>,
    pub limit_bytes: Option<u64>,
    pub mac: Option<Mac>,
}

/// What can be reached before signing in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GardenWanted {
    /// `None`: the portal's own, which is always there.
    pub entry: Option<WalledGardenId>,
    pub to: Reachable,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reachable {
    /// Also `*.example.com`.
    Host(String),
    /// An address or a network.
    Address(String),
}

words! {
    pub enum BindingKind {
        /// In without signing in: a printer, a cash register.
        Bypassed = "bypassed",
        /// Never let in.
        Blocked = "blocked",
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BindingWanted {
    pub binding: HotspotBindingId,
    pub mac: Mac,
    pub kind: BindingKind,
}

/// The files of the login page, and where the router fetches them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageWanted {
    /// Without a slash at its end.
    pub url: String,
    pub files: Vec<String>,
}

impl HotspotWanted {
    pub(super) fn profile_rows(&self) -> impl Iterator<Item = Wanted> {
        self.profiles.iter().map(|profile| {
            // What the router receives, the customer's upload, comes first.
            let rate = format!("{}k/{}k", profile.speed.up_kbps, profile.speed.down_kbps);
            let attributes = Attributes::from_iter([
                ("name", profile_name(profile.profile)),
                ("rate-limit", rate),
                ("shared-users", profile.shared_users.to_string()),
                ("session-timeout", profile.session_minutes.map(|minutes| format!("{minutes}m")).unwrap_or_default()),
                // A device that comes back is known for a day, as long as its account is there.
                ("add-mac-cookie", "yes".to_owned()),
                ("mac-cookie-timeout", "1d".to_owned()),
            ]);
            Wanted {
                menu: HotspotMenu::UserProfile,
                owner: Owner::Profile(profile.profile),
                attributes,
                secret_version: None,
            }
        })
    }

    pub(super) fn account_rows(&self) -> impl Iterator<Item = Wanted> {
        self.accounts.iter().map(|account| {
            let mac = account.mac.as_ref().map_or(NO_MAC, Mac::as_str);
            let attributes = Attributes::from_iter([
                ("name", account.name.clone()),
                ("password", account.password.clone()),
                ("profile", profile_name(account.profile)),
                ("server", self.server.clone()),
                // Nothing is no limit.
                ("limit-uptime", format!("{}s", account.limit_seconds.unwrap_or_default())),
                ("limit-bytes-total", account.limit_bytes.unwrap_or_default().to_string()),
                ("mac-address", mac.to_owned()),
                ("disabled", "no".to_owned()),
            ]);
            let secret_version = account.secret_version.clone();
            Wanted { menu: HotspotMenu::User, owner: account.owner, attributes, secret_version }
        })
    }

    /// A host is let through twice: by its name for what is not encrypted, by its addresses for what is. A name with a
    /// star has no addresses that the router could look up.
    pub(super) fn garden_rows(&self) -> impl Iterator<Item = Wanted> {
        self.garden.iter().flat_map(|entry| {
            let row = |menu, action: &str, name: &'static str, value: &str| Wanted {
                menu,
                owner: Owner::Garden(entry.entry),
                attributes: Attributes::from_iter([
                    (name, value),
                    ("action", action),
                    ("server", self.garden_server()),
                    ("disabled", "no"),
                ]),
                secret_version: None,
            };
            match &entry.to {
                Reachable::Host(host) => {
                    let by_name = row(HotspotMenu::Garden, "allow", "dst-host", host);
                    let by_address = row(HotspotMenu::GardenIp, "accept", "dst-host", host);
                    std::iter::once(by_name).chain((!host.contains('*')).then_some(by_address)).collect::<Vec<_>>()
                }
                Reachable::Address(address) => vec![row(HotspotMenu::GardenIp, "accept", "dst-address", address)],
            }
        })
    }

    pub(super) fn binding_rows(&self) -> impl Iterator<Item = Wanted> {
        self.bindings.iter().map(|binding| {
            let attributes = Attributes::from_iter([
                ("mac-address", binding.mac.as_str()),
                ("type", binding.kind.word()),
                ("server", &self.server),
                ("disabled", "no"),
            ]);
            Wanted {
                menu: HotspotMenu::Binding,
                owner: Owner::Binding(binding.binding),
                attributes,
                secret_version: None,
            }
        })
    }

    /// The garden's menus have no word for all servers: there it is nothing.
    fn garden_server(&self) -> &str {
        if self.server == "all" { "" } else { &self.server }
    }
}

fn profile_name(profile: HotspotProfileId) -> String {
    format!("{PROFILE_PREFIX}{profile}")
}

impl fmt::Debug for AccountWanted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("AccountWanted").field("owner", &self.owner).field("name", &self.name).finish()
    }
}
